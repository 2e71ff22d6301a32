/**
 * The decision model of a data permit: registered by one person as the access body issued it, approved by another against its
 * document, revoked for good or until it is registered and approved anew. What is in force stays so while other terms wait. Pure.
 */
import { believedTime } from '../journal/believed-time.js'
import type { Decider, EventMetadata } from '../journal/decider.js'
import { canonicalJson } from '../ledger/canonical-json.js'
import { Conflict, Forbidden, InvalidRequest, NotFound, Unprocessable } from '../platform/errors.js'
import type { PermitRevocationReason, PermitStanding } from './codes.js'
import type { PermitEvent, PermitTerms } from './events.js'

export const permitStream = (permit: string): string => `data-permit-${permit}`
export const permitOfStream = (stream: string): string => stream.slice('data-permit-'.length)

export interface PermitState {
  /** As approved; null for what never was. */
  readonly terms: PermitTerms | null
  /** Actor id of whoever approved the terms. */
  readonly approvedBy: string | null
  /** What waits to be approved, and the actor id of whoever registered it. */
  readonly draft: { terms: PermitTerms; by: string } | null
  readonly revoked: { reason: PermitRevocationReason; at: string } | null
  /** When the last event was recorded: time does not run back behind it, even when a clock does. */
  readonly lastRecordedAt: string | null
}

export type PermitCommand =
  | { type: 'register'; terms: PermitTerms }
  | { type: 'approve'; by: string; document: string }
  | { type: 'revoke'; reason: PermitRevocationReason }

export const UNKNOWN_PERMIT: PermitState = {
  terms: null,
  approvedBy: null,
  draft: null,
  revoked: null,
  lastRecordedAt: null,
}

/** @param now RFC 3339, UTC, milliseconds */
export function permitDecider(now: string): Decider<PermitState, PermitCommand, PermitEvent> {
  return { initial: UNKNOWN_PERMIT, evolve, decide: (state, command) => decide(now, state, command) }
}

export function evolve(
  state: PermitState,
  { type, data }: PermitEvent,
  { actor, recordedAt }: Pick<EventMetadata, 'actor' | 'recordedAt'>,
): PermitState {
  const known = { ...state, lastRecordedAt: recordedAt }
  switch (type) {
    case 'permit.registered':
      return { ...known, draft: { terms: data, by: actor.id } }
    case 'permit.approved':
      return { ...known, terms: state.draft!.terms, approvedBy: actor.id, draft: null, revoked: null }
    case 'permit.revoked':
      return { ...known, draft: null, revoked: { reason: data.reason, at: recordedAt } }
  }
}

/**
 * How a permit stands; null for what is not on record. It ends at its `until`, and a clock set back behind the last event revives
 * none.
 *
 * @param clock RFC 3339, UTC, milliseconds
 */
export function standingOf(
  { terms, draft, revoked, lastRecordedAt }: PermitState,
  clock: string,
): PermitStanding | null {
  if (revoked) return draft ? 'registered' : 'revoked'
  if (!terms) return draft ? 'registered' : null
  const now = believedTime(clock, lastRecordedAt)
  if (terms.until <= now) return 'expired'
  return terms.from <= now ? 'in-force' : 'awaited'
}

/** What the permit says, or what it was registered to say where it is not approved. */
export function shownTerms({ terms, draft, revoked }: PermitState): PermitTerms {
  return (revoked && draft ? draft.terms : (terms ?? draft?.terms))!
}

/**
 * @throws NotFound `permit-not-found`; Forbidden `permit-approver-is-registrar`
 * @throws InvalidRequest `permit-time-invalid`: it would end before it begins
 * @throws Conflict `permit-unchanged`, `permit-not-registered`, `permit-not-in-force`, `permit-expired`
 * @throws Unprocessable `permit-document-differs`
 */
export function decide(now: string, state: PermitState, command: PermitCommand): readonly PermitEvent[] {
  if (command.type === 'register') return register(state, command.terms)
  if (state.lastRecordedAt === null) throw new NotFound('permit-not-found', 'There is no such data permit.')
  if (command.type === 'approve') return approve(state, command, believedTime(now, state.lastRecordedAt))
  if (!state.draft && (!state.terms || state.revoked))
    throw new Conflict('permit-not-in-force', 'There is nothing to revoke.')
  return [{ type: 'permit.revoked', data: { reason: command.reason } }]
}

function register({ terms, draft, revoked }: PermitState, wanted: PermitTerms): PermitEvent[] {
  if (wanted.until <= wanted.from)
    throw new InvalidRequest('permit-time-invalid', 'A permit has to end after it begins.')
  const known = [...(draft ? [draft.terms] : []), ...(terms && !revoked ? [terms] : [])]
  if (known.some((other) => canonicalJson(other) === canonicalJson(wanted)))
    throw new Conflict('permit-unchanged', 'The permit is on record as it is.')
  return [{ type: 'permit.registered', data: wanted }]
}

function approve(
  { draft }: PermitState,
  { by, document }: Extract<PermitCommand, { type: 'approve' }>,
  now: string,
): PermitEvent[] {
  if (!draft) throw new Conflict('permit-not-registered', 'Nothing of this permit waits to be approved.')
  if (draft.by === by)
    throw new Forbidden('permit-approver-is-registrar', 'Whoever registered a permit does not approve it.')
  if (draft.terms.document !== document)
    throw new Unprocessable('permit-document-differs', 'The document is not the one that was registered.')
  if (draft.terms.until <= now) throw new Conflict('permit-expired', 'The time of the permit is over.')
  return [{ type: 'permit.approved', data: { document } }]
}
