/** The decision model of a person's request: the steps in their order, each against the clock of Art 12(3). Pure. */
import type { Purpose } from '../../consents/events.js'
import type { Decider } from '../../journal/decider.js'
import { Conflict, InvalidRequest, NotFound } from '../../platform/errors.js'
import type {
  ExtensionReason,
  IdentityMethod,
  Outcome,
  RefusalGround,
  RequestChannel,
  RequestKind,
  RetentionGround,
} from '../codes.js'
import { RETENTION_GROUND_CODES } from '../codes.js'
import type { Consulted } from '../consultations/consultation.js'
import { dueAt, extendedDueAt } from './deadline.js'
import type { CopyHandedOut, ReopeningReason, RequestEvent } from './events.js'
import { evolve, NO_REQUEST, type RequestState, type RequestStatus } from './request-state.js'

export interface Receipt {
  kind: RequestKind
  channel: RequestChannel
  /** RFC 3339, UTC. Absent: now. */
  receivedAt?: string
  purposes?: readonly Purpose[]
  run?: string
  /** The decision that is contested; it names its run. */
  decision?: string
  statement?: string
  /** The person asks with their own account: who it is stands already. */
  signedIn: boolean
}

export interface RequestDecision {
  outcome: Outcome
  grounds: readonly RefusalGround[]
  /** Random ids of what the decision set going. */
  erasure?: string
  restriction?: string
  /** Of an erasure: whether sponsors were heard. */
  consulted?: readonly Consulted[]
  explanation?: string
}

export type RequestCommand =
  | ({ type: 'receive' } & Receipt)
  | { type: 'identify'; method: IdentityMethod; confirmed: boolean }
  | { type: 'extend'; reason: ExtensionReason }
  | { type: 'prepare'; events: number }
  | { type: 'hold'; holds: readonly string[] }
  | { type: 'reopen'; because: ReopeningReason }
  | ({ type: 'decide' } & RequestDecision)
  | { type: 'answer'; channel: RequestChannel }
  | { type: 'notice-overdue' }
  | { type: 'record-copy'; copy: CopyHandedOut['data'] }

/**
 * What follows from a command at a moment.
 *
 * @param now RFC 3339, UTC
 * @throws NotFound `privacy-request-not-found`
 * @throws Conflict `privacy-request-out-of-order`, `privacy-request-extended`, `privacy-deadline-passed`
 * @throws InvalidRequest `privacy-ground-required`, `privacy-ground-not-applicable`, `privacy-received-in-future`
 */
export function decideAt(now: string, state: RequestState, command: RequestCommand): readonly RequestEvent[] {
  if (command.type === 'receive') return receive(state, command, now)
  if (!state.received) throw new NotFound('privacy-request-not-found', 'There is no such request.')
  switch (command.type) {
    case 'identify': {
      mustBe(state, 'received')
      const { method, confirmed } = command
      return [{ type: 'privacy.requester-identified', data: { method, confirmed } }]
    }
    case 'extend':
      return extend(state, state.received.receivedAt, command.reason, now)
    case 'prepare':
      mustBe(state, 'identified', 'prepared')
      return [{ type: 'privacy.request-prepared', data: { events: command.events } }]
    case 'hold':
      return state.status === 'held' ? [] : [{ type: 'privacy.request-held', data: { holds: command.holds } }]
    case 'reopen':
      return reopen(state, command.because)
    case 'decide':
      return decideRequest(state, state.received.kind, command)
    case 'answer':
      mustBe(state, 'decided')
      return [{ type: 'privacy.request-answered', data: { channel: command.channel } }]
    case 'notice-overdue':
      return isOverdue(state, now) ? [{ type: 'privacy.request-overdue', data: { dueAt: state.dueAt } }] : []
    case 'record-copy':
      return [{ type: 'privacy.copy-handed-out', data: command.copy }]
  }
}

export function requestDecider(now: string): Decider<RequestState, RequestCommand, RequestEvent> {
  return { initial: NO_REQUEST, evolve, decide: (state, command) => decideAt(now, state, command) }
}

function receive(state: RequestState, command: Receipt, now: string): RequestEvent[] {
  if (state.received) return []
  const { kind, channel, receivedAt = now, purposes, run, decision, statement, signedIn } = command
  if (receivedAt > now) throw new InvalidRequest('privacy-received-in-future', 'A request cannot come from the future.')
  if (kind === 'human-review' && run === undefined)
    throw new InvalidRequest('privacy-run-required', 'A review is asked for of a result: name the run or the decision.')
  const about = { ...(purposes && { purposes }), ...(run && { run }), ...(decision && { decision }) }
  return [
    { type: 'privacy.request-received', data: { kind, channel, receivedAt, dueAt: dueAt(receivedAt), ...about } },
    ...(statement === undefined
      ? []
      : [{ type: 'privacy.request-statement-recorded', data: { text: statement } } as const]),
    ...(signedIn
      ? [{ type: 'privacy.requester-identified', data: { method: 'signed-in', confirmed: true } } as const]
      : []),
  ]
}

/** Only once, and only while the first month lasts: the person must be told within it. */
function extend(state: RequestState, receivedAt: string, reason: ExtensionReason, now: string): RequestEvent[] {
  if (state.status === 'decided' || state.status === 'answered') throw outOfOrder(state)
  if (state.extended) throw new Conflict('privacy-request-extended', 'The time was extended already.')
  if (now > state.dueAt)
    throw new Conflict('privacy-deadline-passed', 'The first month is over; nothing can be extended.')
  return [{ type: 'privacy.request-extended', data: { reason, dueAt: extendedDueAt(receivedAt) } }]
}

/** Erasure is prepared by a steward first; the rest needs no more than to know who asks. */
function decideRequest(
  state: RequestState,
  kind: RequestKind,
  { outcome, grounds, erasure, restriction, consulted, explanation }: RequestDecision,
): RequestEvent[] {
  const refusedForIdentity = outcome === 'refused' && grounds.includes('identity-not-established')
  if (refusedForIdentity) mustBe(state, 'received', 'identified')
  else if (kind === 'erasure' && outcome !== 'refused') mustBe(state, 'prepared')
  else mustBe(state, 'identified', 'prepared', 'held')
  mustGiveGrounds(kind, outcome, grounds)
  const data = {
    outcome,
    grounds,
    ...(erasure && { erasure }),
    ...(restriction && { restriction }),
    ...(consulted && { consulted }),
  }
  return [
    { type: 'privacy.request-decided', data },
    ...(explanation === undefined
      ? []
      : [{ type: 'privacy.decision-explained', data: { text: explanation } } as const]),
  ]
}

/** What is refused in whole or in part is refused on a ground; data are kept from erasure on one of Art 17(3) alone. */
function mustGiveGrounds(kind: RequestKind, outcome: Outcome, grounds: readonly RefusalGround[]): void {
  if (outcome !== 'granted' && grounds.length === 0)
    throw new InvalidRequest('privacy-ground-required', 'A refusal, in whole or in part, states its ground.')
  if (outcome === 'granted' && grounds.length > 0)
    throw new InvalidRequest('privacy-ground-not-applicable', 'What is granted in full needs no ground.')
  const retention = grounds.filter((ground) => RETENTION_GROUND_CODES.includes(ground as RetentionGround))
  const misplaced =
    kind === 'erasure' ? outcome === 'partial' && retention.length < grounds.length : retention.length > 0
  if (misplaced)
    throw new InvalidRequest('privacy-ground-not-applicable', 'This ground does not belong to this kind of request.')
}

/** What a hold kept from being decided, or what was decided and must not be carried out. */
function reopen({ status }: RequestState, because: ReopeningReason): RequestEvent[] {
  const closed = because === 'hold-lifted' ? status === 'held' : status === 'decided' || status === 'answered'
  return closed ? [{ type: 'privacy.request-reopened', data: { because } }] : []
}

/** True once, until it was noticed. */
export function isOverdue({ status, dueAt: due, overdue }: RequestState, now: string): boolean {
  return status !== 'answered' && !overdue && now > due
}

function mustBe(state: RequestState, ...wanted: readonly RequestStatus[]): void {
  if (!wanted.includes(state.status)) throw outOfOrder(state)
}

const outOfOrder = ({ status }: RequestState) =>
  new Conflict('privacy-request-out-of-order', 'This step does not follow from where the request stands.', { status })
