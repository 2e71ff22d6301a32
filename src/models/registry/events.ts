/**
 * What can have happened to a version of a model and its credibility case. Stream: `model-<uuid>`, the uuid derived from model
 * and version. Payloads are about models, not about persons, and are therefore in the clear.
 */
import { eventTypes, type DomainEvent } from '../../journal/event-type.js'
import type { Consequence, Influence, ModelCard, RiskTier } from '../model-card.js'
import type { AiActClassification } from './ai-act.js'
import type { CaseStep } from './case-steps.js'
import { FACTOR_DEFINITIONS, type Factor, type GoalLevel, type Level, type ModelNature } from './credibility-factors.js'

/** Something that was shown, held by its digest: whoever has the file can check that it is the one. */
export interface Evidence {
  title: string
  kind: 'reference-results' | 'test' | 'publication' | 'model-card' | 'data' | 'report' | 'monitoring'
  /** SHA-256, hexadecimal, of the bytes; of a publication: of the entry in the card that cites it. */
  digest: string
  /** Where it is found: a path in the project, or a DOI. */
  reference?: string
}

/** An input of the model with the values for which the case was made. */
export interface ContextLimit {
  input: string
  minimum?: number
  maximum?: number
  /** Codes or flags; a number belongs in a range. */
  oneOf?: readonly (string | boolean)[]
}

/** What the version may be used for. The parts that a machine can check are checked at every run. */
export interface ContextOfUse {
  statement: string
  /** v3-ActReason codes of the purposes it covers. */
  purposes: readonly string[]
  limits: readonly ContextLimit[]
}

export interface FactorGoal {
  factor: Factor
  /** Null: the factor does not apply, for the reason given. */
  goal: GoalLevel | null
  rationale: string
}

export interface FactorAssessment {
  factor: Factor
  achieved: Level
  summary: string
  evidence: readonly Evidence[]
}

/** Where what was done differs from the plan. */
export interface Deviation {
  factor?: Factor
  what: string
  why: string
}

export const REOPENING_CAUSES = [
  'drift',
  'software-change',
  'new-evidence',
  'review-finding',
  'inadequate',
  'correction',
] as const
export type ReopeningCause = (typeof REOPENING_CAUSES)[number]

export interface Proposal {
  model: string
  version: string
  nature: ModelNature
  card: ModelCard
  /** SHA-256, hexadecimal, of the card's canonical JSON (RFC 8785). */
  cardDigest: string
  /** SHA-256, hexadecimal (model-digests.ts). */
  codeDigest: string
  coefficientDigest: string
}

export type VersionProposed = DomainEvent<'model.version-proposed', Proposal>
export type AiActClassified = DomainEvent<'model.ai-act-classified', AiActClassification>
export type QuestionStated = DomainEvent<'model.question-stated', { question: string }>
export type ContextStated = DomainEvent<'model.context-stated', ContextOfUse>
/** The tier follows from influence and consequence. */
export type RiskAssessed = DomainEvent<
  'model.risk-assessed',
  { influence: Influence; consequence: Consequence; tier: RiskTier; rationale: string }
>
export type PlanAgreed = DomainEvent<'model.plan-agreed', { goals: readonly FactorGoal[] }>
export type FactorAssessed = DomainEvent<'model.factor-assessed', FactorAssessment>
export type ResultsDocumented = DomainEvent<
  'model.results-documented',
  { report: Evidence; deviations: readonly Deviation[] }
>
export type AdequacyDetermined = DomainEvent<'model.adequacy-determined', { adequate: boolean; rationale: string }>
/**
 * `recordDigest` is what was approved: SHA-256 of the canonical JSON of the case at the revision before this event.
 * `signature` is the id of the electronic signature over digest and revision; null for an approval that was recorded without.
 */
export type VersionApproved = DomainEvent<
  'model.approved',
  { recordDigest: string; revision: number; signature: string | null }
>
/** Everything from the step `from` on is to be done again. */
export type CaseReopened = DomainEvent<
  'model.case-reopened',
  { cause: ReopeningCause; from: CaseStep; explanation: string; evidence: readonly Evidence[] }
>
export type VersionSuperseded = DomainEvent<'model.superseded', { by: string }>
export type VersionRetired = DomainEvent<'model.retired', { explanation: string }>

export type ModelVersionEvent =
  | VersionProposed
  | AiActClassified
  | QuestionStated
  | ContextStated
  | RiskAssessed
  | PlanAgreed
  | FactorAssessed
  | ResultsDocumented
  | AdequacyDetermined
  | VersionApproved
  | CaseReopened
  | VersionSuperseded
  | VersionRetired

/** How each is read aloud. What follows an approval leaves the case as it was signed, unless it is reopened. */
export const MODEL_VERSION_EVENT_TYPES = eventTypes<ModelVersionEvent>({
  'model.version-proposed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Version ${data.version} of ${data.model} was proposed, with code ${data.codeDigest.slice(0, 12)}… and coefficients ${data.coefficientDigest.slice(0, 12)}….`
        : 'A version of a model was proposed.',
  },
  'model.ai-act-classified': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The version was classified under the EU AI Act: ${data.class} (${data.basis}).`
        : 'The version was classified under the EU AI Act.',
  },
  'model.question-stated': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data ? `Step 1, the question of interest: ${data.question}` : 'The question of interest was stated.',
  },
  'model.context-stated': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Step 2, the context of use (${data.purposes.join(', ')}): ${data.statement}`
        : 'The context of use was stated.',
  },
  'model.risk-assessed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Step 3, the model risk: influence ${data.influence} × consequence ${data.consequence} = ${data.tier}.`
        : 'The model risk was assessed.',
  },
  'model.plan-agreed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Step 4, the plan: goals for ${data.goals.filter(({ goal }) => goal !== null).length} credibility factors.`
        : 'The plan of the credibility case was agreed.',
  },
  'model.factor-assessed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Step 5, ${FACTOR_DEFINITIONS[data.factor].title.toLowerCase()}: level ${data.achieved} was reached, on ${data.evidence.length} pieces of evidence.`
        : 'A credibility factor was assessed.',
  },
  'model.results-documented': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Step 6, the results were documented, with ${data.deviations.length} deviations from the plan.`
        : 'The results of the credibility case were documented.',
  },
  'model.adequacy-determined': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Step 7, the model was found ${data.adequate ? 'adequate' : 'not adequate'} for its context of use.`
        : 'The adequacy of the model was determined.',
  },
  'model.approved': {
    schema: 1,
    sealedUnder: null,
    changesRecord: false,
    describe: (data) =>
      data
        ? `The version was approved for decisions within its context of use, ${data.signature === null ? 'recorded without a signature' : 'by electronic signature'} (record ${data.recordDigest.slice(0, 12)}…).`
        : 'The version was approved for decisions.',
  },
  'model.case-reopened': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The credibility case was reopened from the step ${data.from} (${data.cause}): ${data.explanation}`
        : 'The credibility case was reopened.',
  },
  'model.superseded': {
    schema: 1,
    sealedUnder: null,
    changesRecord: false,
    describe: (data) => (data ? `The version was superseded by version ${data.by}.` : 'The version was superseded.'),
  },
  'model.retired': {
    schema: 1,
    sealedUnder: null,
    changesRecord: false,
    describe: (data) => (data ? `The version was retired: ${data.explanation}` : 'The version was retired.'),
  },
})
