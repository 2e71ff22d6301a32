/** What can have happened to a twin. Stream: `twin-<uuid>`; the subject's id is in every header. */
import { eventTypes, type DomainEvent } from '../journal/event-type.js'
import type {
  Condition,
  ContactDetails,
  Demographics,
  Evidence,
  Genotype,
  Identifier,
  Medication,
  Observation,
  Procedure,
  Report,
  ClinicalFact,
} from './facts.js'
import type { QualityFinding } from './quality/finding.js'

/** Who answers for the twin: the GDPR controller, and the party that owns the record. Organisation ids, no names. */
export interface Custody {
  controller: string
  owner: string
}

export type TwinRegistered = DomainEvent<'twin.registered', Custody & { source: string }>
export type TwinCustodyChanged = DomainEvent<'twin.custody-changed', Custody>
export type TwinDemographicsRecorded = DomainEvent<'twin.demographics-recorded', Demographics>
export type TwinContactRecorded = DomainEvent<'twin.contact-recorded', ContactDetails>
export type TwinIdentifierAdded = DomainEvent<'twin.identifier-added', Identifier>
export type TwinObservationRecorded = DomainEvent<'twin.observation-recorded', Observation>
export type TwinConditionRecorded = DomainEvent<'twin.condition-recorded', Condition>
export type TwinMedicationRecorded = DomainEvent<'twin.medication-recorded', Medication>
export type TwinProcedureRecorded = DomainEvent<'twin.procedure-recorded', Procedure>
export type TwinGenotypeRecorded = DomainEvent<'twin.genotype-recorded', Genotype>
export type TwinReportRecorded = DomainEvent<'twin.report-recorded', Report>
export type TwinEvidenceAttached = DomainEvent<'twin.evidence-attached', Evidence>
/** `target` is the id of the event whose fact is replaced, or withdrawn as an error when `replacement` is null. */
export type TwinFactCorrected = DomainEvent<
  'twin.fact-corrected',
  { target: string; replacement: ClinicalFact | null; explanation: string }
>
export type TwinDemographicsCorrected = DomainEvent<
  'twin.demographics-corrected',
  { replacement: Demographics; explanation: string }
>
export type TwinQualityFindingRecorded = DomainEvent<'twin.quality-finding-recorded', QualityFinding>
/** What was found no longer holds: the fact was corrected, or what was missing arrived. `finding` is the event id. */
export type TwinQualityFindingResolved = DomainEvent<'twin.quality-finding-resolved', { finding: string }>
/** This twin lives on in another; its stream takes no more facts. */
export type TwinMergedInto = DomainEvent<'twin.merged-into', { survivor: string }>
/** Another twin was merged into this one; its facts up to `revision` belong to this twin too. */
export type TwinAbsorbed = DomainEvent<'twin.absorbed', { merged: string; revision: number }>
export type TwinWithdrawnFromUse = DomainEvent<'twin.withdrawn-from-use', Record<string, never>>
export type TwinReturnedToUse = DomainEvent<'twin.returned-to-use', Record<string, never>>

export type TwinEvent =
  | TwinRegistered
  | TwinCustodyChanged
  | TwinDemographicsRecorded
  | TwinContactRecorded
  | TwinIdentifierAdded
  | TwinObservationRecorded
  | TwinConditionRecorded
  | TwinMedicationRecorded
  | TwinProcedureRecorded
  | TwinGenotypeRecorded
  | TwinReportRecorded
  | TwinEvidenceAttached
  | TwinFactCorrected
  | TwinDemographicsCorrected
  | TwinQualityFindingRecorded
  | TwinQualityFindingResolved
  | TwinMergedInto
  | TwinAbsorbed
  | TwinWithdrawnFromUse
  | TwinReturnedToUse

const named = (code: { display?: string; code: string }) => code.display ?? code.code

/** How each is sealed and read aloud. */
export const TWIN_EVENT_TYPES = eventTypes<TwinEvent>({
  'twin.registered': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => (data ? `A twin was registered; controller ${data.controller}.` : 'A twin was registered.'),
  },
  'twin.custody-changed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data ? `Custody passed to controller ${data.controller}, owner ${data.owner}.` : 'Custody of the twin changed.',
  },
  'twin.demographics-recorded': {
    schema: 1,
    sealedUnder: 'identity',
    describe: () => 'Demographic details were recorded.',
  },
  'twin.contact-recorded': { schema: 1, sealedUnder: 'contact', describe: () => 'Contact details were recorded.' },
  'twin.identifier-added': { schema: 1, sealedUnder: 'identity', describe: () => 'An identifier was added.' },
  'twin.observation-recorded': {
    schema: 1,
    sealedUnder: 'trial-record',
    describe: (data) => (data ? `Observation recorded: ${named(data.code)}.` : 'An observation was recorded.'),
  },
  'twin.condition-recorded': {
    schema: 1,
    sealedUnder: 'trial-record',
    describe: (data) => (data ? `Condition recorded: ${named(data.code)}.` : 'A condition was recorded.'),
  },
  'twin.medication-recorded': {
    schema: 1,
    sealedUnder: 'trial-record',
    describe: (data) => (data ? `Medication recorded: ${named(data.code)}.` : 'A medication was recorded.'),
  },
  'twin.procedure-recorded': {
    schema: 1,
    sealedUnder: 'trial-record',
    describe: (data) => (data ? `Procedure recorded: ${named(data.code)}.` : 'A procedure was recorded.'),
  },
  'twin.genotype-recorded': {
    schema: 1,
    sealedUnder: 'trial-record',
    describe: (data) => (data ? `Genotype recorded for ${data.gene}.` : 'A genotype was recorded.'),
  },
  'twin.report-recorded': {
    schema: 1,
    sealedUnder: 'trial-record',
    describe: (data) =>
      data ? `Diagnostic report recorded: ${named(data.code)}.` : 'A diagnostic report was recorded.',
  },
  'twin.evidence-attached': {
    schema: 1,
    sealedUnder: 'trial-record',
    describe: (data) => (data ? `${data.resourceType} kept as evidence.` : 'A resource was kept as evidence.'),
  },
  'twin.fact-corrected': {
    schema: 1,
    sealedUnder: 'trial-record',
    describe: (data, header) =>
      data?.replacement === null
        ? `A recorded fact was withdrawn as an error (${header.reason}).`
        : `A recorded fact was corrected (${header.reason}); the earlier value stays on record.`,
  },
  'twin.demographics-corrected': {
    schema: 1,
    sealedUnder: 'identity',
    describe: (_data, header) =>
      `Demographic details were corrected (${header.reason}); the earlier ones stay on record.`,
  },
  'twin.quality-finding-recorded': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Data quality: ${data.rule} (${data.dimension}, ${data.severity}).`
        : 'A data-quality finding was recorded.',
  },
  'twin.quality-finding-resolved': {
    schema: 1,
    sealedUnder: null,
    describe: () => 'A data-quality finding no longer holds.',
  },
  'twin.merged-into': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => (data ? `The twin was merged into ${data.survivor}.` : 'The twin was merged into another.'),
  },
  'twin.absorbed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data ? `Twin ${data.merged} was merged into this one.` : 'Another twin was merged into this one.',
  },
  'twin.withdrawn-from-use': {
    schema: 1,
    sealedUnder: null,
    describe: (_data, header) => `The twin was withdrawn from use (${header.reason}).`,
  },
  'twin.returned-to-use': {
    schema: 1,
    sealedUnder: null,
    describe: (_data, header) => `The twin was returned to use (${header.reason}).`,
  },
})
