/** How a record from a source system becomes events: what is new is recorded, what changed corrects, what is known is left. */
import { canonicalJson } from '../ledger/canonical-json.js'
import { factsOf, openFindings } from './fact-history.js'
import type { Custody } from './events.js'
import type { ClinicalFact, ContactDetails, Demographics, Identifier } from './facts.js'
import { propose, type Proposal } from './proposal.js'
import type { QualityFinding } from './quality/finding.js'
import {
  noteSent,
  sentResources,
  sentVersions,
  sourceOf,
  type SentResource,
  type SentVersion,
} from './source-history.js'
import type { TwinCommand } from './twin.js'

/** A record of one person from one source system. */
export interface PatientRecord {
  /** Registered id of the source system. */
  source: string
  /** The twin it belongs to, when the sender knows; else the identifiers tell. */
  twin?: string
  demographics?: Demographics
  contact?: ContactDetails
  /** At least one, unless `twin` is given: without one, the same person sent again would become another twin. */
  identifiers: readonly Identifier[]
  facts: readonly SentFact[]
  /** For a person who is new; default the caller's organisation. */
  custody?: Custody
}

export interface SentFact {
  /** The sender's `Type/id` of the resource; a fact's source is taken from it and from the record's source. */
  key: string
  /** A report's `results` may be keys of this record or of earlier ones; they become event ids. */
  fact: ClinicalFact
  /** Digest of the resource's content: another digest under the same key is a new version of the same fact. */
  contentDigest: string
}

export type IngestOutcome = 'recorded' | 'already-recorded' | 'superseded-earlier'

export interface IngestResult {
  key: string
  outcome: IngestOutcome
  eventId: string
  /** Findings that stand against the fact. */
  findings: QualityFinding[]
}

/** What working a record into a twin needs from outside. */
export interface Ingesting {
  /** A UUID that the same parts always give and that says nothing about them. */
  deriveEventId: (...parts: string[]) => string
  /** Id of an event that is not derived from what was sent. */
  name: () => string
  at: string
  /** For a person who is new. */
  custody: Custody
}

/** Where each fact of the record has come to lie. */
export type Placed = Pick<IngestResult, 'key' | 'outcome' | 'eventId'>

/** Why a source's new content replaces the earlier one; kept with the correction. */
const UPDATED_BY_SOURCE = 'The source system sent new content for this resource.'

/** The proposal with everything in the record that the twin does not know yet. Pure, and idempotent by content. */
export function ingest(
  proposal: Proposal,
  record: PatientRecord,
  ingesting: Ingesting,
): { proposal: Proposal; placed: Placed[] } {
  const withPerson = ingestPerson(proposal, record, ingesting)
  const sent = sentResources(withPerson.state, record.source)
  let current = withPerson
  const placed = new Map<number, Placed>()
  for (const [index, fact] of observationsBeforeReports(record.facts)) {
    const step = ingestFact(current, { ...fact, source: record.source }, sent, ingesting)
    current = step.proposal
    placed.set(index, step.placed)
  }
  return { proposal: current, placed: record.facts.map((_, index) => placed.get(index)!) }
}

/** The results as the sender gets them, with the findings that stand after the record was worked in. */
export function resultsOf({ state }: Proposal, placed: readonly Placed[]): IngestResult[] {
  const findings = new Map<string, QualityFinding[]>()
  for (const { value } of openFindings(state)) {
    if (value?.target === undefined) continue
    findings.set(value.target, [...(findings.get(value.target) ?? []), value])
  }
  return placed.map((result) => ({ ...result, findings: findings.get(result.eventId) ?? [] }))
}

function ingestPerson(proposal: Proposal, record: PatientRecord, ingesting: Ingesting): Proposal {
  const { source, demographics, contact, identifiers } = record
  let current = proposal
  if (current.state.status === 'unregistered') {
    current = propose(current, { type: 'register', custody: ingesting.custody, source }, ingesting)
  }
  if (demographics) {
    const command = {
      type: 'record-demographics',
      demographics: { ...demographics, source: { ...demographics.source, system: source } },
    } as const
    current = ingestDetails(current, 'demographics', command, command.demographics, ingesting)
  }
  if (contact) {
    const command = {
      type: 'record-contact',
      contact: { ...contact, source: { ...contact.source, system: source } },
    } as const
    current = ingestDetails(current, 'contact', command, command.contact, ingesting)
  }
  return identifiers.reduce(
    (before, identifier) => propose(before, { type: 'add-identifier', identifier }, ingesting),
    current,
  )
}

function ingestDetails(
  proposal: Proposal,
  of: 'demographics' | 'contact',
  command: TwinCommand,
  content: Demographics | ContactDetails,
  ingesting: Ingesting,
): Proposal {
  const parts = [of, content.source.system, canonicalJson(content)]
  const id = nextVersion(proposal, sentVersions(proposal.state, of, content.source.system), parts, ingesting)
  return id === null ? proposal : propose(proposal, command, { ...ingesting, name: () => id })
}

function ingestFact(
  proposal: Proposal,
  { key, fact, contentDigest, source }: SentFact & { source: string },
  sent: Map<string, SentResource>,
  ingesting: Ingesting,
): { proposal: Proposal; placed: Placed } {
  const resource = sent.get(key)
  const versions = resource?.versions ?? []
  const id = nextVersion(proposal, versions, ['fact', source, key, contentDigest], ingesting)
  if (id === null) {
    const eventId =
      versions.at(-1)?.id ?? ingesting.deriveEventId(proposal.twin, 'fact', source, key, contentDigest, '')
    return { proposal, placed: { key, outcome: 'already-recorded', eventId } }
  }
  const value = { ...withEventIds(fact, sent), source: { ...fact.source, ...sourceOf(source, key) } }
  const standing = resource?.standing ?? null
  noteSent(sent, key, { id, twin: proposal.twin })
  if (standing === null) {
    const recorded = propose(proposal, { type: 'record-facts', facts: [value] }, { ...ingesting, name: () => id })
    return { proposal: recorded, placed: { key, outcome: 'recorded', eventId: id } }
  }
  const command = {
    type: 'correct-fact',
    target: standing,
    replacement: value,
    explanation: UPDATED_BY_SOURCE,
  } as const
  const corrected = propose(proposal, command, { ...ingesting, name: () => id, reason: 'source-update' })
  return { proposal: corrected, placed: { key, outcome: 'superseded-earlier', eventId: id } }
}

/**
 * The id of the event that would record this content, or null when the content is what the source sent last. Each id is
 * derived from the one before, so that A, B and A again are three versions, while A and A are one.
 */
function nextVersion(
  { twin, found }: Proposal,
  versions: readonly SentVersion[],
  parts: readonly string[],
  { deriveEventId }: Ingesting,
): string | null {
  const [before, last] = [versions.at(-2), versions.at(-1)]
  if (last && deriveEventId(last.twin, ...parts, before?.id ?? '') === last.id) return null
  const id = deriveEventId(twin, ...parts, last?.id ?? '')
  // After an erasure nothing tells any more what the source sent; the id still tells that it was recorded.
  return last === undefined && factsOf(found).has(id) ? null : id
}

/** Reports name the observations they group, so those get their ids first. The sender's order is kept otherwise. */
function observationsBeforeReports(facts: readonly SentFact[]): [number, SentFact][] {
  const numbered = facts.map((fact, index): [number, SentFact] => [index, fact])
  const isReport = ([, { fact }]: [number, SentFact]) => fact.kind === 'report'
  return [...numbered.filter((entry) => !isReport(entry)), ...numbered.filter(isReport)]
}

function withEventIds(fact: ClinicalFact, sent: ReadonlyMap<string, SentResource>): ClinicalFact {
  if (fact.kind !== 'report') return fact
  return { ...fact, results: fact.results.map((result) => sent.get(result)?.standing ?? result) }
}
