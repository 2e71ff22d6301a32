/** What can have happened to a person's request about their data. Stream: `privacy-request-<uuid>`. */
import { eventTypes, type DomainEvent } from '../../journal/event-type.js'
import type { Purpose } from '../../consents/events.js'
import {
  REQUEST_KINDS,
  type ExtensionReason,
  type IdentityMethod,
  type Outcome,
  type RefusalGround,
  type RequestChannel,
  type RequestKind,
} from '../codes.js'
import type { Consulted } from '../consultations/consultation.js'

/** `purposes`: what an objection is about; `run` and `decision`: the automated result that a person is to review. */
export type RequestReceived = DomainEvent<
  'privacy.request-received',
  {
    kind: RequestKind
    channel: RequestChannel
    /** When the person asked, which for a letter lies before the recording. RFC 3339, UTC. */
    receivedAt: string
    dueAt: string
    purposes?: readonly Purpose[]
    run?: string
    decision?: string
  }
>
/** What the person said, in their own words. */
export type RequestStatementRecorded = DomainEvent<'privacy.request-statement-recorded', { text: string }>
export type RequesterIdentified = DomainEvent<
  'privacy.requester-identified',
  { method: IdentityMethod; confirmed: boolean }
>
export type RequestExtended = DomainEvent<'privacy.request-extended', { reason: ExtensionReason; dueAt: string }>
/** A steward looked at what is held of the person and made the decision ready. `events`: how many there are. */
export type RequestPrepared = DomainEvent<'privacy.request-prepared', { events: number }>
/** A legal hold stood in the way of the decision. */
export type RequestHeld = DomainEvent<'privacy.request-held', { holds: readonly string[] }>
/** `retention-duty`: between decision and execution the law began to keep what was to be erased. */
export type ReopeningReason = 'hold-lifted' | 'retention-duty'
export type RequestReopened = DomainEvent<'privacy.request-reopened', { because: ReopeningReason }>
export type RequestDecided = DomainEvent<
  'privacy.request-decided',
  {
    outcome: Outcome
    grounds: readonly RefusalGround[]
    erasure?: string
    restriction?: string
    /** Of an erasure: whether the sponsor of each trial of the person was heard, or why not. Empty: the person was in none. */
    consulted?: readonly Consulted[]
  }
>
/** Why it was decided so, in words for the person. */
export type DecisionExplained = DomainEvent<'privacy.decision-explained', { text: string }>
export type RequestAnswered = DomainEvent<'privacy.request-answered', { channel: RequestChannel }>
/** The deadline passed without an answer; this is when that was noticed. */
export type RequestOverdue = DomainEvent<'privacy.request-overdue', { dueAt: string }>
/** A copy of the data left the service for the person. Digest: SHA-256 of its events or of its bundle, hexadecimal. */
export type CopyHandedOut = DomainEvent<
  'privacy.copy-handed-out',
  { copy: 'access-pack' | 'portable-data'; entries: number; sha256: string }
>

export type RequestEvent =
  | RequestReceived
  | RequestStatementRecorded
  | RequesterIdentified
  | RequestExtended
  | RequestPrepared
  | RequestHeld
  | RequestReopened
  | RequestDecided
  | DecisionExplained
  | RequestAnswered
  | RequestOverdue
  | CopyHandedOut

const day = (time: string) => time.slice(0, 10)

const heard = ({ consulted = [] }: RequestDecided['data']): string =>
  consulted.length > 0 ? `; sponsors asked: ${consulted.map(({ result }) => result).join(', ')}` : ''

/** How each is sealed and read aloud. */
export const REQUEST_EVENT_TYPES = eventTypes<RequestEvent>({
  'privacy.request-received': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `A request for ${REQUEST_KINDS[data.kind].title} was received (GDPR Art ${REQUEST_KINDS[data.kind].article}); it is due by ${day(data.dueAt)}.`
        : 'A request about personal data was received.',
  },
  'privacy.request-statement-recorded': {
    schema: 1,
    sealedUnder: 'identity',
    describe: () => 'What the person said with the request was recorded.',
  },
  'privacy.requester-identified': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Who asks was ${data.confirmed ? 'established' : 'not established'} (${data.method}).`
        : 'It was checked who asks.',
  },
  'privacy.request-extended': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The time for the request was extended to ${day(data.dueAt)} (${data.reason}).`
        : 'The time for the request was extended.',
  },
  'privacy.request-prepared': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data ? `The decision was prepared: ${data.events} event(s) concern the person.` : 'The decision was prepared.',
  },
  'privacy.request-held': {
    schema: 1,
    sealedUnder: null,
    describe: () => 'The request cannot be granted while a legal hold lasts.',
  },
  'privacy.request-reopened': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The request was opened again: ${data.because === 'hold-lifted' ? 'the legal hold ended' : 'the law keeps by now what was to be erased'}.`
        : 'The request was opened again.',
  },
  'privacy.request-decided': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The request was ${data.outcome === 'partial' ? 'granted in part' : data.outcome}${data.grounds.length > 0 ? ` (${data.grounds.join(', ')})` : ''}${heard(data)}.`
        : 'The request was decided.',
  },
  'privacy.decision-explained': {
    schema: 1,
    sealedUnder: 'identity',
    describe: () => 'The decision was explained to the person.',
  },
  'privacy.request-answered': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => (data ? `The person was answered (${data.channel}).` : 'The person was answered.'),
  },
  'privacy.request-overdue': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data ? `The request was not answered by ${day(data.dueAt)}: it is overdue.` : 'The request is overdue.',
  },
  'privacy.copy-handed-out': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `A copy of the person's data was handed out (${data.copy}, ${data.entries} entries).`
        : "A copy of the person's data was handed out.",
  },
})
