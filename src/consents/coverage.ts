/** Whether a person's consents, taken together, cover a use; and if not, why not. Pure. */
import { isOverdue, type ConsentRecord, type ConsentState } from './consent-state.js'
import { gapsOf, type Use, type UseRefusalCode } from './scope.js'

export type Coverage = { covered: true; consent: string } | { covered: false; codes: readonly UseRefusalCode[] }

/**
 * The consent that covers the use, the first given when there are several. Two consents never add up to one: each was given
 * for its own notice.
 *
 * Otherwise the codes say, in this order: that a consent which would have covered it was withdrawn or has expired (the last
 * such); what the nearest consent in force lacks; or that there is none.
 *
 * @param now RFC 3339, UTC; a consent ends at its `expiresAt`
 */
export function coverUse({ consents }: Pick<ConsentState, 'consents'>, use: Use, now: string): Coverage {
  const judged = [...consents.values()].map((record) => ({ record, gaps: gapsOf(record.scope, use) }))
  const inForce = judged.filter(({ record }) => record.status === 'given' && !isOverdue(record, now))
  const covering = inForce.find(({ gaps }) => gaps.length === 0)
  if (covering) return { covered: true, consent: covering.record.consent }
  const lost = judged.filter(({ gaps }) => gaps.length === 0).findLast(({ record }) => endOf(record, now) !== null)
  if (lost) return { covered: false, codes: [endOf(lost.record, now)!] }
  const [nearest] = inForce.sort((one, other) => one.gaps.length - other.gaps.length)
  return { covered: false, codes: nearest ? nearest.gaps : ['no-consent'] }
}

function endOf(record: ConsentRecord, now: string): 'withdrawn' | 'expired' | null {
  if (record.status === 'withdrawn') return 'withdrawn'
  return record.status === 'expired' || isOverdue(record, now) ? 'expired' : null
}
