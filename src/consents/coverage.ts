/** Whether a person's consents, taken together, cover a use; and if not, why not. Pure. */
import { believedTime } from '../journal/believed-time.js'
import { permitGaps } from '../permits/queries/find-permit.js'
import { isOverdue, type ConsentRecord, type ConsentState } from './consent-state.js'
import type { UseGround } from './events.js'
import type { KnownClaim } from './permit-claim.js'
import { gapsOf, type Use, type UseRefusalCode } from './scope.js'
import { isStoppedByOptOut } from './secondary-use.js'

export type Coverage = ({ covered: true } & UseGround) | { covered: false; codes: readonly UseRefusalCode[] }

/** What a restriction in force says to whoever wants to use the data. */
const REFUSALS = { 'art-17': 'erased', 'art-18': 'restricted', 'art-21': 'objected' } as const

/**
 * The consent that covers the use, the first given when there are several. Two consents never add up to one: each was given
 * for its own notice.
 *
 * A restriction, an objection or an erasure goes before any consent, and so does an opt-out for the uses it stops. Otherwise the
 * codes say, in this order: that a consent which would have covered it was withdrawn or has expired (the last such); what the
 * nearest consent in force lacks; or that there is none.
 *
 * A use that claims a data permit rests on it alone, whatever the person consented to: the permit covers it or says what it lacks.
 * It is secondary use, so an opt-out always stops it.
 *
 * @param clock RFC 3339, UTC, milliseconds; a consent ends at its `expiresAt`, and a clock set back behind the last event revives none
 */
export function coverUse(
  { consents, restrictions, optOut, lastRecordedAt }: ConsentState,
  use: Use,
  clock: string,
  claim?: KnownClaim,
): Coverage {
  const now = believedTime(clock, lastRecordedAt)
  const frozen = [...restrictions.values()].filter(
    ({ purposes }) => purposes === 'any' || purposes.includes(use.purpose),
  )
  if (frozen.length > 0) return { covered: false, codes: [...new Set(frozen.map(({ ground }) => REFUSALS[ground]))] }
  if (optOut && (claim || isStoppedByOptOut(use))) return { covered: false, codes: ['opted-out'] }
  if (claim) return coverByPermit(claim, use, now)
  const judged = [...consents.values()].map((record) => ({ record, gaps: gapsOf(record.scope, use) }))
  const inForce = judged.filter(({ record }) => record.status === 'given' && !isOverdue(record, now))
  const covering = inForce.find(({ gaps }) => gaps.length === 0)
  if (covering) return { covered: true, consent: covering.record.consent }
  const lost = judged.filter(({ gaps }) => gaps.length === 0).findLast(({ record }) => endOf(record, now) !== null)
  if (lost) return { covered: false, codes: [endOf(lost.record, now)!] }
  const [nearest] = inForce.sort((one, other) => one.gaps.length - other.gaps.length)
  return { covered: false, codes: nearest ? nearest.gaps : ['no-consent'] }
}

function coverByPermit({ permit, known, ...asked }: KnownClaim, use: Use, now: string): Coverage {
  const codes = permitGaps(known.state, { use, ...asked }, now)
  return codes.length === 0 ? { covered: true, permit } : { covered: false, codes }
}

function endOf(record: ConsentRecord, now: string): 'withdrawn' | 'expired' | null {
  if (record.status === 'withdrawn') return 'withdrawn'
  return record.status === 'expired' || isOverdue(record, now) ? 'expired' : null
}
