/**
 * What can have happened to an entry of the legal register. Stream: `legal-entry-<uuid>`, the uuid derived from the entry's id.
 * About published instruments, not about persons, and therefore in the clear.
 */
import { eventTypes, type DomainEvent } from '../../journal/event-type.js'
import type { Topic } from './topics.js'
import type { CheckOutcome, LegalConfidence, LegalKind, LegalStatus, RetirementReason } from './vocabulary.js'

/** What somebody writes about an instrument; the rest of an entry is what the register records of it. */
export interface LegalText {
  /** Jurisdiction and a short name in kebab-case: `us-p11`. */
  id: string
  jurisdiction: string
  instrument: string
  citation: string | null
  kind: LegalKind
  status: LegalStatus
  /** A year, a month or a day, like the other dates. */
  published: string | null
  inForce: string | null
  /** Dates, each with the region it is of in front of it where they differ: `EU 2025-07-23`. */
  appliesFrom: readonly string[]
  appliesUntil: string | null
  /** Id of the entry whose place this one takes. */
  supersedes: string | null
  clauses: readonly string[]
  touches: readonly Topic[]
  /** Ids of requirements. */
  controls: readonly string[]
  /** The office that answers for the entry. */
  owner: string | null
  sourceUrl: string | null
  confidence: LegalConfidence
  note: string | null
}

export interface LegalEntry extends LegalText {
  /** Pseudonymous id of whoever approved the entry as it stands. */
  approvedBy: string | null
  /** `YYYY-MM-DD`: when somebody last held the entry against its source. */
  lastChecked: string | null
}

export interface Retirement {
  reason: RetirementReason
  /** Id of the entry in whose place it goes; null unless it is superseded. */
  supersededBy: string | null
}

export interface Approval {
  /** `YYYY-MM-DD`: when the approver held the change against its source. */
  checkedOn: string
  remark: string
}

export interface Check {
  checkedOn: string
  outcome: CheckOutcome
  remark: string
}

/** An entry of the edition that comes along with the software, taken over as it is; nobody here has approved it. */
export type LegalEntryAdopted = DomainEvent<'legal-entry.adopted', { entry: LegalEntry; software: string }>
export type LegalChangeProposed = DomainEvent<'legal-entry.change-proposed', LegalText>
export type LegalRetirementProposed = DomainEvent<'legal-entry.retirement-proposed', Retirement>
export type LegalProposalApproved = DomainEvent<'legal-entry.approved', Approval>
export type LegalProposalRejected = DomainEvent<'legal-entry.rejected', { remark: string }>
export type LegalEntryChecked = DomainEvent<'legal-entry.checked', Check>

export type LegalEntryEvent =
  | LegalEntryAdopted
  | LegalChangeProposed
  | LegalRetirementProposed
  | LegalProposalApproved
  | LegalProposalRejected
  | LegalEntryChecked

const CHECKED: Readonly<Record<CheckOutcome, string>> = {
  unchanged: 'found as it is on record',
  changed: 'found changed',
  'source-unreachable': 'not compared, because its source could not be reached',
}

/** How each is read aloud. */
export const LEGAL_ENTRY_EVENT_TYPES = eventTypes<LegalEntryEvent>({
  'legal-entry.adopted': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The entry ${data.entry.id} of the legal register was taken over as it comes with version ${data.software}.`
        : 'An entry of the legal register was taken over from the software.',
  },
  'legal-entry.change-proposed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The entry ${data.id} was proposed for the legal register: ${data.instrument} (${data.status}).`
        : 'An entry was proposed for the legal register.',
  },
  'legal-entry.retirement-proposed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `It was proposed to retire an entry of the legal register: ${data.reason}${data.supersededBy === null ? '' : ` by ${data.supersededBy}`}.`
        : 'It was proposed to retire an entry of the legal register.',
  },
  'legal-entry.approved': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `A change of the legal register was held against its source on ${data.checkedOn} and approved.`
        : 'A change of the legal register was approved.',
  },
  'legal-entry.rejected': {
    schema: 1,
    sealedUnder: null,
    describe: () => 'A change of the legal register was rejected.',
  },
  'legal-entry.checked': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `An entry of the legal register was looked up on ${data.checkedOn} and ${CHECKED[data.outcome]}.`
        : 'An entry of the legal register was held against its source.',
  },
})
