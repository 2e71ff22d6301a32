import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import type { HistoryPoint } from '../../../journal/journal.js'
import type { AiActClassification } from '../ai-act.js'
import { CASE_STEPS, stepsBefore, type CaseStep } from '../case-steps.js'
import {
  FACTOR_DEFINITIONS,
  type Factor,
  type FactorGroup,
  type GoalLevel,
  type Level,
} from '../credibility-factors.js'
import type {
  AdequacyDetermined,
  CaseReopened,
  ContextOfUse,
  Evidence,
  Proposal,
  ResultsDocumented,
  RiskAssessed,
} from '../events.js'
import { findInLibrary } from '../find-model.js'
import { modelDigests } from '../model-digests.js'
import {
  nextStep,
  recordDigest,
  unmetGoals,
  type Approval,
  type ModelVersionState,
  type VersionStatus,
} from '../model-version-state.js'
import { ModelVersions, type ModelVersionId } from '../model-versions.js'

/** One factor of the plan with what came of it. */
export interface FactorView {
  factor: Factor
  title: string
  group: FactorGroup
  /** Null when the factor does not apply. */
  goal: GoalLevel | null
  /** What the goal asks for. */
  asksFor: string | null
  rationale: string
  /** Null before the assessment. */
  achieved: Level | null
  met: boolean
  summary: string | null
  evidence: readonly Evidence[]
}

export interface CredibilityCaseView {
  steps: { step: CaseStep; done: boolean }[]
  next: CaseStep | null
  question: string | null
  contextOfUse: ContextOfUse | null
  risk: RiskAssessed['data'] | null
  factors: FactorView[]
  unmet: Factor[]
  documentation: ResultsDocumented['data'] | null
  adequacy: AdequacyDetermined['data'] | null
  reopenings: readonly CaseReopened['data'][]
  /** What an approval approves, together with the revision: SHA-256, hexadecimal. */
  recordDigest: string
}

export interface ModelVersionView extends Proposal {
  status: VersionStatus
  aiAct: AiActClassification | null
  approval: Approval | null
  supersededBy: string | null
  /** Whether the software that runs here is what was proposed. */
  running: { sameVersion: boolean; sameCode: boolean; sameCoefficients: boolean }
  credibilityCase: CredibilityCaseView
  authors: readonly string[]
  /** The record that an approver signs, at this revision. */
  stream: string
  /** For `If-Match`. */
  revision: number
}

/** A version of a model with its card, digests, approval and credibility case, as it stands or as of an earlier point. */
export class GetModelVersion extends Query<ModelVersionView> {
  constructor(
    readonly id: ModelVersionId,
    readonly point?: HistoryPoint,
  ) {
    super()
  }
}

@QueryHandler(GetModelVersion)
export class GetModelVersionHandler implements IQueryHandler<GetModelVersion> {
  constructor(private readonly versions: ModelVersions) {}

  /** @throws NotFound `model-version-not-found` */
  async execute({ id, point }: GetModelVersion): Promise<ModelVersionView> {
    const { state, revision } = await this.versions.existing(id, point)
    return {
      ...state.proposal!,
      status: state.status!,
      aiAct: state.aiAct,
      approval: state.approval,
      supersededBy: state.supersededBy,
      running: runningOf(state.proposal!),
      credibilityCase: caseView(state),
      authors: state.authors,
      stream: this.versions.streamOf(id),
      revision,
    }
  }
}

function runningOf({ model: id, version, codeDigest, coefficientDigest }: Proposal): ModelVersionView['running'] {
  const model = findInLibrary(id)
  const digests = model && modelDigests(model)
  return {
    sameVersion: model?.version === version,
    sameCode: digests?.code === codeDigest,
    sameCoefficients: digests?.coefficients === coefficientDigest,
  }
}

function caseView(state: ModelVersionState): CredibilityCaseView {
  const { question, contextOfUse, risk, documentation, adequacy } = state.case
  const next = nextStep(state.case)
  return {
    steps: CASE_STEPS.map((step) => ({ step, done: next === null || stepsBefore(step) < stepsBefore(next) })),
    next,
    question,
    contextOfUse,
    risk,
    factors: factorViews(state),
    unmet: unmetGoals(state.case),
    documentation,
    adequacy,
    reopenings: state.reopenings,
    recordDigest: recordDigest(state),
  }
}

function factorViews({ case: { goals, assessments } }: ModelVersionState): FactorView[] {
  const assessed = new Map(assessments.map((assessment) => [assessment.factor, assessment]))
  return goals.map(({ factor, goal, rationale }) => {
    const { title, group, grades } = FACTOR_DEFINITIONS[factor]
    const { achieved = null, summary = null, evidence = [] } = assessed.get(factor) ?? {}
    const met = goal === null || (achieved ?? 0) >= goal
    const asksFor = goal === null ? null : grades[(goal - 1) as 0 | 1 | 2]
    return { factor, title, group, goal, asksFor, rationale, achieved, met, summary, evidence }
  })
}
