/**
 * What can have happened to a data protection impact assessment (GDPR Art 35). Stream: `impact-assessment-<uuid>`, the uuid derived
 * from model, version and purpose. Codes and dates in the clear; what somebody wrote is sealed under a key of the assessment's own.
 */
import { eventTypes, type DomainEvent } from '../journal/event-type.js'

/** What is assessed: the use of a model for a purpose. */
export interface AssessedUse {
  model: string
  /** Null: every version. */
  version: string | null
  /** v3-ActReason */
  purpose: string
}

/** What Art 35(7)(a) to (d) asks for, in words. */
export interface AssessmentTexts {
  description: string
  necessity: string
  risks: string
  measures: string
}
export const ASSESSMENT_PARTS = [
  'description',
  'necessity',
  'risks',
  'measures',
] as const satisfies readonly (keyof AssessmentTexts)[]
export type AssessmentPart = (typeof ASSESSMENT_PARTS)[number]

/** What remains for persons once the measures are taken. */
export const RESIDUAL_RISKS = ['low', 'medium', 'high'] as const
export type ResidualRisk = (typeof RESIDUAL_RISKS)[number]

/** Art 35(11): why an assessment no longer stands. */
export const WITHDRAWAL_CAUSES = ['risk-changed', 'processing-changed', 'measure-failed', 'error'] as const
export type WithdrawalCause = (typeof WITHDRAWAL_CAUSES)[number]

/** A new round; an approval of an earlier one stands until it is replaced, withdrawn or expired. */
export type AssessmentProposed = DomainEvent<'impact-assessment.proposed', AssessedUse>
export type AssessmentDescribed = DomainEvent<'impact-assessment.described', AssessmentTexts>
/** Art 35(2): the data protection officer's advice. */
export type AdviceRecorded = DomainEvent<'impact-assessment.advised', { residualRisk: ResidualRisk }>
export type AdviceWritten = DomainEvent<'impact-assessment.advice-written', { advice: string }>
/** `reviewBy`: RFC 3339, UTC; from then on it no longer counts. `signature`: the approver's electronic signature (21 CFR 11.50). */
export type AssessmentApproved = DomainEvent<'impact-assessment.approved', { reviewBy: string; signature: string }>
/** The review of an approval comes near; said once, while there is time for a new round. */
export type ReviewDue = DomainEvent<'impact-assessment.review-due', { reviewBy: string }>
export type AssessmentWithdrawn = DomainEvent<'impact-assessment.withdrawn', { cause: WithdrawalCause }>

export type AssessmentEvent =
  | AssessmentProposed
  | AssessmentDescribed
  | AdviceRecorded
  | AdviceWritten
  | AssessmentApproved
  | ReviewDue
  | AssessmentWithdrawn

/** How each is sealed and read aloud. */
export const ASSESSMENT_EVENT_TYPES = eventTypes<AssessmentEvent>({
  'impact-assessment.proposed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `A data protection impact assessment was proposed for ${data.version === null ? 'every version' : `version ${data.version}`} of ${data.model}, for ${data.purpose}.`
        : 'A data protection impact assessment was proposed.',
  },
  'impact-assessment.described': {
    schema: 1,
    sealedUnder: 'identity',
    describe: () => 'The processing, its necessity, its risks and the measures against them were described.',
  },
  'impact-assessment.advised': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Advice on the impact assessment was recorded; the risk that remains is ${data.residualRisk}.`
        : 'Advice on the impact assessment was recorded.',
  },
  'impact-assessment.advice-written': {
    schema: 1,
    sealedUnder: 'identity',
    describe: () => 'The advice on the impact assessment was written down.',
  },
  'impact-assessment.approved': {
    schema: 1,
    sealedUnder: null,
    // The signature is on the record that was read; that it was approved does not void it.
    changesRecord: false,
    describe: (data) =>
      data
        ? `The impact assessment was approved by electronic signature; it is to be reviewed by ${data.reviewBy}.`
        : 'The impact assessment was approved.',
  },
  'impact-assessment.review-due': {
    schema: 1,
    sealedUnder: null,
    changesRecord: false,
    describe: (data) =>
      data
        ? `The impact assessment is to be reviewed: it counts no longer from ${data.reviewBy} on.`
        : 'The impact assessment is to be reviewed.',
  },
  'impact-assessment.withdrawn': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data ? `The impact assessment was withdrawn (${data.cause}).` : 'The impact assessment was withdrawn.',
  },
})
