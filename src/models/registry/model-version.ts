/** The decision model of a model version: proposed, assessed step by step, approved by somebody else, and one day left behind. Pure. */
import type { Decider } from '../../journal/decider.js'
import { Conflict, Forbidden, InvalidRequest, NotFound } from '../../platform/errors.js'
import { riskTier } from '../model-card.js'
import type { AiActClassification } from './ai-act.js'
import { stepsBefore, type CaseStep } from './case-steps.js'
import { factorsFor, type Factor } from './credibility-factors.js'
import type {
  AdequacyDetermined,
  CaseReopened,
  ContextOfUse,
  FactorAssessment,
  FactorGoal,
  ModelVersionEvent,
  Proposal,
  ResultsDocumented,
  RiskAssessed,
} from './events.js'
import {
  evolve,
  nextStep,
  recordDigest,
  unassessed,
  unmetGoals,
  UNPROPOSED,
  type ModelVersionState,
} from './model-version-state.js'

/** A step of the case, in the words of the assessor. */
export type CaseStepCommand =
  | { type: 'state-question'; question: string }
  | { type: 'state-context'; contextOfUse: ContextOfUse }
  | { type: 'assess-risk'; risk: Omit<RiskAssessed['data'], 'tier'> }
  | { type: 'agree-plan'; goals: readonly FactorGoal[] }
  | { type: 'assess-factor'; assessment: FactorAssessment }
  | { type: 'document-results'; documentation: ResultsDocumented['data'] }
  | { type: 'determine-adequacy'; adequacy: AdequacyDetermined['data'] }

export interface ApproveCommand {
  type: 'approve'
  /** Actor id of the approver. */
  by: string
  /** Digest and revision of the case that the approver read. */
  recordDigest: string
  revision: number
  signature: string | null
}

export type ModelVersionCommand =
  | { type: 'propose'; proposal: Proposal }
  | { type: 'classify'; classification: AiActClassification }
  | CaseStepCommand
  | ApproveCommand
  | { type: 'reopen'; reopening: CaseReopened['data'] }
  | { type: 'supersede'; by: string }
  | { type: 'retire'; explanation: string }

export const modelVersionDecider: Decider<ModelVersionState, ModelVersionCommand, ModelVersionEvent> = {
  initial: UNPROPOSED,
  evolve,
  decide,
}

/**
 * What follows from a command.
 *
 * @throws NotFound `model-version-not-found`
 * @throws Conflict `model-version-exists`, `model-version-ended`, `model-version-approved`, `case-step-out-of-order`,
 *   `case-step-done`, `factor-not-applicable`, `goal-unmet`, `case-not-adequate`, `case-changed`, `ai-act-unclassified`,
 *   `ai-act-prohibited`, `case-not-begun`
 * @throws InvalidRequest `plan-incomplete`, `evidence-missing`, `context-empty`
 * @throws Forbidden `approver-is-author`
 */
export function decide(state: ModelVersionState, command: ModelVersionCommand): readonly ModelVersionEvent[] {
  if (command.type === 'propose') {
    if (state.status !== null) throw new Conflict('model-version-exists', 'This version was proposed already.')
    return [{ type: 'model.version-proposed', data: command.proposal }]
  }
  if (state.status === null) throw new NotFound('model-version-not-found', 'There is no such version of the model.')
  if (state.status === 'retired' || (state.status === 'superseded' && command.type !== 'retire'))
    throw new Conflict('model-version-ended', 'This version was superseded or retired.', { status: state.status })
  switch (command.type) {
    case 'classify':
      mustNotBeApproved(state)
      return [{ type: 'model.ai-act-classified', data: command.classification }]
    case 'approve':
      return approve(state, command)
    case 'reopen':
      return reopen(state, command.reopening)
    case 'supersede':
      return [{ type: 'model.superseded', data: { by: command.by } }]
    case 'retire':
      return [{ type: 'model.retired', data: { explanation: command.explanation } }]
    default:
      return takeStep(state, command)
  }
}

function takeStep(state: ModelVersionState, command: CaseStepCommand): ModelVersionEvent[] {
  switch (command.type) {
    case 'state-question':
      mustBeNext(state, 'question')
      return [{ type: 'model.question-stated', data: { question: command.question } }]
    case 'state-context':
      mustBeNext(state, 'context-of-use')
      mustSayPurposes(command.contextOfUse)
      return [{ type: 'model.context-stated', data: command.contextOfUse }]
    case 'assess-risk': {
      mustBeNext(state, 'risk')
      const { influence, consequence, rationale } = command.risk
      const tier = riskTier(influence, consequence)
      return [{ type: 'model.risk-assessed', data: { influence, consequence, tier, rationale } }]
    }
    case 'agree-plan':
      mustBeNext(state, 'plan')
      mustAnswerEveryFactor(state, command.goals)
      return [{ type: 'model.plan-agreed', data: { goals: command.goals } }]
    case 'assess-factor':
      return assess(state, command.assessment)
    case 'document-results':
      mustBeNext(state, 'documentation')
      return [{ type: 'model.results-documented', data: command.documentation }]
    case 'determine-adequacy':
      mustBeNext(state, 'adequacy')
      if (command.adequacy.adequate) mustMeetGoals(state)
      return [{ type: 'model.adequacy-determined', data: command.adequacy }]
  }
}

/** A factor may be assessed anew until the results are documented. */
function assess(state: ModelVersionState, assessment: FactorAssessment): ModelVersionEvent[] {
  if (nextStep(state.case) !== 'documentation') mustBeNext(state, 'execution')
  const goal = state.case.goals.find(({ factor }) => factor === assessment.factor)
  if (!goal || goal.goal === null)
    throw new Conflict('factor-not-applicable', 'The plan does not apply this factor.', { factor: assessment.factor })
  if (assessment.achieved > 0 && assessment.evidence.length === 0)
    throw new InvalidRequest('evidence-missing', 'A level that was reached needs evidence.', {
      factor: assessment.factor,
    })
  return [{ type: 'model.factor-assessed', data: assessment }]
}

function approve(state: ModelVersionState, { by, revision, signature, ...read }: ApproveCommand): ModelVersionEvent[] {
  if (state.status !== 'adequate')
    throw new Conflict('case-not-adequate', 'Only a case that ended in adequacy can be approved.', {
      status: state.status,
    })
  mustMeetGoals(state)
  if (state.aiAct === null)
    throw new Conflict('ai-act-unclassified', 'The version is not classified under the EU AI Act yet.')
  if (state.aiAct.class === 'prohibited')
    throw new Conflict('ai-act-prohibited', 'A prohibited practice (EU AI Act Art. 5) cannot be approved.')
  if (state.authors.includes(by))
    throw new Forbidden('approver-is-author', 'Whoever proposed or assessed a version cannot approve it.')
  if (read.recordDigest !== recordDigest(state))
    throw new Conflict('case-changed', 'The case is not the one that was read; read it again.')
  return [{ type: 'model.approved', data: { recordDigest: read.recordDigest, revision, signature } }]
}

function reopen(state: ModelVersionState, reopening: CaseReopened['data']): ModelVersionEvent[] {
  const next = nextStep(state.case)
  const reached = next === null ? Infinity : stepsBefore(next)
  const begun = reopening.from === 'execution' && state.case.assessments.length > 0
  if (stepsBefore(reopening.from) >= reached && !begun)
    throw new Conflict('case-not-begun', 'The case has not come to this step yet.', { next })
  if (reopening.cause === 'drift' && reopening.evidence.length === 0)
    throw new InvalidRequest('evidence-missing', 'Drift is shown by evidence.')
  return [{ type: 'model.case-reopened', data: reopening }]
}

function mustBeNext({ case: made }: ModelVersionState, step: CaseStep): void {
  const next = nextStep(made)
  if (next === step) return
  if (next === null || stepsBefore(next) > stepsBefore(step))
    throw new Conflict('case-step-done', 'This step is done; reopen the case to take it again.', { step, next })
  throw new Conflict('case-step-out-of-order', 'Another step comes first.', {
    step,
    next,
    ...(next === 'execution' && { factors: unassessed(made) }),
  })
}

function mustSayPurposes({ purposes, limits }: ContextOfUse): void {
  const bounded = limits.every((limit) => 'minimum' in limit || 'maximum' in limit || 'oneOf' in limit)
  if (purposes.length === 0 || !bounded)
    throw new InvalidRequest('context-empty', 'A context of use names purposes, and a bound for each limit.')
}

/** @throws InvalidRequest `plan-incomplete` naming the factors that lack an answer, have two, or do not belong */
function mustAnswerEveryFactor({ proposal }: ModelVersionState, goals: readonly FactorGoal[]): void {
  const asked = factorsFor(proposal!.nature)
  const answered = goals.map(({ factor }) => factor)
  const wrong: Factor[] = [
    ...asked.filter((factor) => !answered.includes(factor)),
    ...answered.filter((factor, place) => !asked.includes(factor) || answered.indexOf(factor) !== place),
  ]
  if (wrong.length > 0 || goals.every(({ goal }) => goal === null))
    throw new InvalidRequest(
      'plan-incomplete',
      'A plan answers each factor once, with a goal or with why it does not apply.',
      {
        factors: wrong,
      },
    )
}

function mustMeetGoals({ case: made }: ModelVersionState): void {
  const factors = unmetGoals(made)
  if (factors.length > 0) throw new Conflict('goal-unmet', 'A goal of the plan is not met.', { factors })
}

function mustNotBeApproved({ status }: ModelVersionState): void {
  if (status === 'approved')
    throw new Conflict('model-version-approved', 'An approved version is changed by reopening its case.')
}
