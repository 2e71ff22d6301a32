/** A twin folded from its stream: everything that was ever recorded of it, as of the last event folded. */
import type { EventMetadata } from '../journal/decider.js'
import { extend, type Chain } from './chain.js'
import type { Custody, TwinEvent } from './events.js'
import type { ClinicalFact, ContactDetails, Demographics, FactKind, Identifier } from './facts.js'
import type { QualityFinding } from './quality/finding.js'

/** The stream that holds a twin. */
export const twinStream = (twin: string): string => `twin-${twin}`
/** The twin that a stream holds. */
export const twinOfStream = (stream: string): string => stream.slice('twin-'.length)

/** A twin's event as read: `data` is null when it was erased, or is sealed for this reader. */
export type ReadableTwinEvent = {
  [Type in TwinEvent['type']]: Readable<Extract<TwinEvent, { type: Type }>>
}[TwinEvent['type']]
type Readable<Event extends TwinEvent> = { readonly type: Event['type']; readonly data: Event['data'] | null }

/** Where, when and by whom something was recorded. */
export interface Recorded {
  /** Event id. */
  id: string
  /** The twin whose stream holds the event; another one for facts that came by a merge. */
  twin: string
  revision: number
  position: number
  recordedAt: string
  actor: EventMetadata['actor']
  reason?: string
  trial?: string
}

/** A value with its place in the record; null when erased or sealed for this reader. */
export interface RecordedValue<Value> extends Recorded {
  value: Value | null
}

/** One step in the life of the twin's facts. */
export type FactEntry =
  | (Recorded & { step: 'recorded'; kind: FactKind; value: ClinicalFact | null })
  | (Recorded & {
      step: 'corrected'
      change: { target: string; replacement: ClinicalFact | null; explanation: string } | null
    })

export type DemographicsEntry = RecordedValue<Demographics> & { corrected: boolean; explanation?: string }
export type FindingEntry = RecordedValue<QualityFinding> & { resolvedAt?: string }

export interface TwinState {
  /** Null before registration. */
  readonly twin: string | null
  readonly subject: string | null
  readonly status: 'unregistered' | 'active' | 'withdrawn' | 'merged'
  readonly custody: Custody | null
  readonly source: string | null
  /** The twin that this one was merged into. */
  readonly survivor: string | null
  readonly absorbed: Chain<{ merged: string; revision: number }> | null
  readonly demographics: Chain<DemographicsEntry> | null
  readonly contact: Chain<RecordedValue<ContactDetails>> | null
  readonly identifiers: Chain<RecordedValue<Identifier>> | null
  readonly facts: Chain<FactEntry> | null
  readonly findings: Chain<FindingEntry> | null
  /** Event ids of findings that no longer hold, and when that was recorded. */
  readonly resolutions: Chain<{ finding: string; resolvedAt: string }> | null
  /** Of the last event folded; -1 before the first. */
  readonly revision: number
  readonly position: number
  readonly registeredAt: string | null
  readonly lastRecordedAt: string | null
}

export const UNREGISTERED: TwinState = {
  twin: null,
  subject: null,
  status: 'unregistered',
  custody: null,
  source: null,
  survivor: null,
  absorbed: null,
  demographics: null,
  contact: null,
  identifiers: null,
  facts: null,
  findings: null,
  resolutions: null,
  revision: -1,
  position: -1,
  registeredAt: null,
  lastRecordedAt: null,
}

/** The state after one more event. Total: an erased payload or an unknown event type changes what its header still says. */
export function evolve(state: TwinState, event: ReadableTwinEvent, metadata: EventMetadata): TwinState {
  return {
    ...state,
    ...consequences(state, event, metadata),
    revision: metadata.revision,
    position: metadata.position,
    lastRecordedAt: metadata.recordedAt,
  }
}

function consequences(state: TwinState, event: ReadableTwinEvent, metadata: EventMetadata): Partial<TwinState> {
  const recorded = recordedFrom(metadata)
  switch (event.type) {
    case 'twin.registered':
      return {
        twin: recorded.twin,
        subject: metadata.subject ?? null,
        status: 'active',
        custody: event.data && { controller: event.data.controller, owner: event.data.owner },
        source: event.data?.source ?? null,
        registeredAt: metadata.recordedAt,
      }
    case 'twin.custody-changed':
      return { custody: event.data ?? state.custody }
    case 'twin.demographics-recorded':
      return { demographics: extend(state.demographics, { ...recorded, value: event.data, corrected: false }) }
    case 'twin.demographics-corrected':
      return { demographics: extend(state.demographics, demographicsCorrection(recorded, event.data)) }
    case 'twin.contact-recorded':
      return { contact: extend(state.contact, { ...recorded, value: event.data }) }
    case 'twin.identifier-added':
      return { identifiers: extend(state.identifiers, { ...recorded, value: event.data }) }
    case 'twin.observation-recorded':
    case 'twin.condition-recorded':
    case 'twin.medication-recorded':
    case 'twin.procedure-recorded':
    case 'twin.genotype-recorded':
    case 'twin.report-recorded':
    case 'twin.evidence-attached': {
      const kind = KIND_OF_EVENT[event.type]
      return { facts: extend(state.facts, { ...recorded, step: 'recorded', kind, value: event.data }) }
    }
    case 'twin.fact-corrected':
      return { facts: extend(state.facts, { ...recorded, step: 'corrected', change: event.data }) }
    case 'twin.quality-finding-recorded':
      return { findings: extend(state.findings, { ...recorded, value: event.data }) }
    case 'twin.quality-finding-resolved':
      return event.data === null ? {} : resolved(state, event.data.finding, metadata.recordedAt)
    case 'twin.merged-into':
      return { status: 'merged', survivor: event.data?.survivor ?? null }
    case 'twin.absorbed':
      return event.data === null ? {} : { absorbed: extend(state.absorbed, event.data) }
    case 'twin.withdrawn-from-use':
      return { status: 'withdrawn' }
    case 'twin.returned-to-use':
      return { status: 'active' }
    default:
      return {}
  }
}

const KIND_OF_EVENT = {
  'twin.observation-recorded': 'observation',
  'twin.condition-recorded': 'condition',
  'twin.medication-recorded': 'medication',
  'twin.procedure-recorded': 'procedure',
  'twin.genotype-recorded': 'genotype',
  'twin.report-recorded': 'report',
  'twin.evidence-attached': 'evidence',
} as const satisfies Record<string, FactKind>

function recordedFrom(metadata: EventMetadata): Recorded {
  const { id, stream, revision, position, recordedAt, actor, reason, trial } = metadata
  const recorded: Recorded = { id, twin: twinOfStream(stream), revision, position, recordedAt, actor }
  if (reason !== undefined) recorded.reason = reason
  if (trial !== undefined) recorded.trial = trial
  return recorded
}

function demographicsCorrection(
  recorded: Recorded,
  data: { replacement: Demographics; explanation: string } | null,
): DemographicsEntry {
  if (data === null) return { ...recorded, value: null, corrected: true }
  return { ...recorded, value: data.replacement, corrected: true, explanation: data.explanation }
}

function resolved(state: TwinState, finding: string, resolvedAt: string): Partial<TwinState> {
  return { resolutions: extend(state.resolutions, { finding, resolvedAt }) }
}
