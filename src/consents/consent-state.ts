/** A person's consents folded from their stream. */
import type { EventMetadata } from '../journal/decider.js'
import type { ConsentMethod, ConsentParty } from './codes.js'
import type { ConsentEvent, Notice, OptedOut, ProcessingRestricted } from './events.js'
import type { ConsentScope } from './scope.js'

/** The stream that holds a subject's consents and the accounting of uses. */
export const consentStream = (subject: string): string => `consent-${subject}`

export type ConsentStatus = 'requested' | 'given' | 'refused' | 'withdrawn' | 'expired'

/** One consent as it stands. Times are RFC 3339, UTC. */
export interface ConsentRecord {
  consent: string
  status: ConsentStatus
  scope: ConsentScope
  notice: Notice
  method?: ConsentMethod
  by?: ConsentParty
  requestedAt?: string
  givenAt?: string
  expiresAt?: string
  /** When it was refused, withdrawn or found expired. */
  endedAt?: string
}

/** An opt-out of secondary use that is in force. */
export type OptOut = OptedOut['data'] & {
  /** When it was recorded. */
  since: string
  /** Of the event that records it. */
  position: number
}

export interface ConsentState {
  /** By consent id, in the order in which they were first heard of. */
  readonly consents: ReadonlyMap<string, ConsentRecord>
  /** MONDO codes that the scope of a consent is limited to, by consent id, as last recorded apart from it. */
  readonly diseaseLimits: ReadonlyMap<string, readonly string[]>
  /** Restrictions in force, by id. */
  readonly restrictions: ReadonlyMap<string, ProcessingRestricted['data']>
  /** Null: the person has not opted out, or has taken it back. */
  readonly optOut: OptOut | null
  /** Other ids of the same person, since twins of theirs were merged. */
  readonly mergedWith: ReadonlySet<string>
  /** When the last event was recorded: time does not run back behind it, even when a clock does. */
  readonly lastRecordedAt: string | null
}

export const NO_CONSENTS: ConsentState = {
  consents: new Map(),
  diseaseLimits: new Map(),
  restrictions: new Map(),
  optOut: null,
  mergedWith: new Set(),
  lastRecordedAt: null,
}

export function evolve(state: ConsentState, event: ConsentEvent, metadata: EventMetadata): ConsentState {
  const record = recordAfter(state, event, metadata.recordedAt)
  const consents = record ? new Map(state.consents).set(record.consent, record) : state.consents
  return {
    consents,
    diseaseLimits: diseaseLimitsAfter(state, event),
    restrictions: restrictionsAfter(state, event),
    optOut: optOutAfter(state, event, metadata),
    mergedWith:
      event.type === 'consent.person-merged' ? new Set(state.mergedWith).add(event.data.subject) : state.mergedWith,
    lastRecordedAt: metadata.recordedAt,
  }
}

function diseaseLimitsAfter({ diseaseLimits }: ConsentState, { type, data }: ConsentEvent) {
  if (type !== 'consent.disease-limit-recorded') return diseaseLimits
  return new Map(diseaseLimits).set(data.consent, data.diseases)
}

/** A scope with the limit that was recorded apart from it; a limit that is erased, or stands in the scope itself, adds nothing. */
function limited(scope: ConsentScope, diseases: readonly string[] | undefined): ConsentScope {
  return diseases === undefined ? scope : { ...scope, diseases }
}

function optOutAfter({ optOut }: ConsentState, { type, data }: ConsentEvent, { recordedAt, position }: EventMetadata) {
  if (type === 'consent.opted-out') return { ...data, since: recordedAt, position }
  return type === 'consent.opt-out-reversed' ? null : optOut
}

function restrictionsAfter({ restrictions }: ConsentState, { type, data }: ConsentEvent) {
  if (type === 'consent.processing-restricted') return new Map(restrictions).set(data.restriction, data)
  if (type !== 'consent.restriction-lifted') return restrictions
  return new Map([...restrictions].filter(([restriction]) => restriction !== data.restriction))
}

/** The consent that the event is about as it stands after it; undefined when none changes. */
function recordAfter(
  { consents, diseaseLimits }: ConsentState,
  { type, data }: ConsentEvent,
  at: string,
): ConsentRecord | undefined {
  switch (type) {
    case 'consent.requested':
      return {
        ...data,
        scope: limited(data.scope, diseaseLimits.get(data.consent)),
        status: 'requested',
        requestedAt: at,
      }
    case 'consent.given':
      return {
        ...consents.get(data.consent),
        ...data,
        scope: limited(data.scope, diseaseLimits.get(data.consent)),
        status: 'given',
      }
    case 'consent.refused':
      return { ...consents.get(data.consent)!, ...data, status: 'refused', endedAt: at }
    case 'consent.withdrawn':
      return { ...consents.get(data.consent)!, status: 'withdrawn', endedAt: at }
    case 'consent.expired':
      return { ...consents.get(data.consent)!, status: 'expired', endedAt: at }
    default:
      return undefined
  }
}

/** True when the consent was given and its time has run out, whether or not that was recorded already. */
export function isOverdue({ status, expiresAt }: ConsentRecord, now: string): boolean {
  return status === 'given' && expiresAt !== undefined && expiresAt <= now
}
