/** What recording needs to know of one patient in a bundle, and what it answers. The commands of the twins take exactly this. */
import type { CommandContext } from '../../journal/command-context.js'
import type { ClinicalFact, ContactDetails, Demographics, Identifier } from '../../twins/facts.js'
import type { QualityFinding } from '../../twins/quality/finding.js'

export interface RecordedFactRequest {
  /** The sender's identity of the resource, `<Type>/<id>`. */
  key: string
  fact: ClinicalFact
  /** Keyed digest of the resource's content; the same content is recorded once. */
  contentDigest: string
}

/** One patient's share of a bundle. */
export interface PatientRecord {
  source: string
  /** A twin known already; without it the identifiers find or make one. */
  twin?: string
  demographics?: Demographics
  contact?: ContactDetails
  identifiers: Identifier[]
  facts: RecordedFactRequest[]
}

export interface RecordedFact {
  key: string
  outcome: 'recorded' | 'already-recorded' | 'superseded-earlier'
  /** Id of the event that carries the fact. */
  eventId: string
  findings: readonly QualityFinding[]
}

export interface RecordedPatient {
  twin: string
  subject: string
  /** True when the twin is new. */
  registered: boolean
  /** Position in the log of the last event. */
  position: number
  results: readonly RecordedFact[]
}

/** Records one patient's share, all of it or nothing. */
export abstract class PatientRecorder {
  abstract record(context: CommandContext, record: PatientRecord): Promise<RecordedPatient>
}
