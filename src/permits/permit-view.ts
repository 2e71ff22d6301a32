import type { PermitRevocationReason, PermitStanding } from './codes.js'
import type { PermitTerms } from './events.js'
import { shownTerms, standingOf, type PermitState } from './permit.js'

export interface PermitView extends PermitTerms {
  permit: string
  standing: PermitStanding
  /** Actor id of whoever approved it; null while nobody has. */
  approvedBy: string | null
  /** Terms that wait to be approved beside those in force. */
  waiting: PermitTerms | null
  revoked: { reason: PermitRevocationReason; at: string } | null
  /** For `If-Match`. */
  revision: number
}

/** @param now RFC 3339, UTC, milliseconds; for a permit that is on record */
export function permitView(permit: string, state: PermitState, revision: number, now: string): PermitView {
  const terms = shownTerms(state)
  const standing = standingOf(state, now)!
  const { approvedBy, draft, revoked } = state
  const isShown = draft?.terms === terms
  return {
    permit,
    ...terms,
    standing,
    approvedBy: isShown ? null : approvedBy,
    waiting: isShown ? null : (draft?.terms ?? null),
    revoked,
    revision,
  }
}
