/** A version of a model and its credibility case, folded from the stream. */
import { createHash } from 'node:crypto'
import type { EventMetadata } from '../../journal/decider.js'
import { canonicalJson } from '../../ledger/canonical-json.js'
import type { AiActClassification } from './ai-act.js'
import { CASE_STEPS, stepsBefore, type CaseStep } from './case-steps.js'
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
  VersionApproved,
} from './events.js'

export const modelVersionStream = (id: string): string => `model-${id}`
export const modelVersionOfStream = (stream: string): string => stream.slice('model-'.length)

export const VERSION_STATUSES = [
  'proposed',
  'under-assessment',
  'inadequate',
  'adequate',
  'approved',
  'superseded',
  'retired',
] as const
export type VersionStatus = (typeof VERSION_STATUSES)[number]

/** An approval in force, with who gave it and under which event. */
export interface Approval {
  readonly eventId: string
  readonly by: string
  readonly at: string
  readonly recordDigest: string
  readonly revision: number
  readonly signature: string | null
}

/** What the case says; what is not said yet is null. */
export interface CredibilityCase {
  readonly question: string | null
  readonly contextOfUse: ContextOfUse | null
  readonly risk: RiskAssessed['data'] | null
  readonly goals: readonly FactorGoal[]
  readonly assessments: readonly FactorAssessment[]
  readonly documentation: ResultsDocumented['data'] | null
  readonly adequacy: AdequacyDetermined['data'] | null
}

export interface ModelVersionState {
  /** Null before the proposal. */
  readonly status: VersionStatus | null
  readonly proposal: Proposal | null
  readonly aiAct: AiActClassification | null
  readonly case: CredibilityCase
  readonly approval: Approval | null
  readonly supersededBy: string | null
  readonly reopenings: readonly CaseReopened['data'][]
  /** Actor ids of whoever proposed the version or had a part in its case: they cannot approve it. */
  readonly authors: readonly string[]
}

const EMPTY_CASE: CredibilityCase = {
  question: null,
  contextOfUse: null,
  risk: null,
  goals: [],
  assessments: [],
  documentation: null,
  adequacy: null,
}

export const UNPROPOSED: ModelVersionState = {
  status: null,
  proposal: null,
  aiAct: null,
  case: EMPTY_CASE,
  approval: null,
  supersededBy: null,
  reopenings: [],
  authors: [],
}

export function evolve(
  state: ModelVersionState,
  event: ModelVersionEvent,
  { id, actor, recordedAt }: Pick<EventMetadata, 'id' | 'actor' | 'recordedAt'>,
): ModelVersionState {
  const written = (part: Partial<CredibilityCase>, status: VersionStatus = 'under-assessment'): ModelVersionState => ({
    ...state,
    status,
    case: { ...state.case, ...part },
    authors: withAuthor(state.authors, actor.id),
  })
  switch (event.type) {
    case 'model.version-proposed':
      return { ...UNPROPOSED, status: 'proposed', proposal: event.data, authors: [actor.id] }
    case 'model.ai-act-classified':
      return { ...state, aiAct: event.data, authors: withAuthor(state.authors, actor.id) }
    case 'model.question-stated':
      return written({ question: event.data.question })
    case 'model.context-stated':
      return written({ contextOfUse: event.data })
    case 'model.risk-assessed':
      return written({ risk: event.data })
    case 'model.plan-agreed':
      return written({ goals: event.data.goals })
    case 'model.factor-assessed': {
      const others = state.case.assessments.filter(({ factor }) => factor !== event.data.factor)
      return written({ assessments: [...others, event.data] })
    }
    case 'model.results-documented':
      return written({ documentation: event.data })
    case 'model.adequacy-determined':
      return written({ adequacy: event.data }, event.data.adequate ? 'adequate' : 'inadequate')
    case 'model.approved':
      return { ...state, status: 'approved', approval: approvalOf(event.data, id, actor.id, recordedAt) }
    case 'model.case-reopened':
      return {
        ...state,
        status: 'under-assessment',
        case: caseUpTo(state.case, event.data.from),
        approval: null,
        reopenings: [...state.reopenings, event.data],
      }
    case 'model.superseded':
      return { ...state, status: 'superseded', supersededBy: event.data.by }
    case 'model.retired':
      return { ...state, status: 'retired' }
  }
}

function approvalOf(data: VersionApproved['data'], eventId: string, by: string, at: string): Approval {
  return { eventId, by, at, ...data }
}

function withAuthor(authors: readonly string[], id: string): readonly string[] {
  return authors.includes(id) ? authors : [...authors, id]
}

/** The case as it stood before a step was taken. */
function caseUpTo(made: CredibilityCase, step: CaseStep): CredibilityCase {
  const kept = (other: CaseStep): boolean => stepsBefore(other) < stepsBefore(step)
  return {
    question: kept('question') ? made.question : null,
    contextOfUse: kept('context-of-use') ? made.contextOfUse : null,
    risk: kept('risk') ? made.risk : null,
    goals: kept('plan') ? made.goals : [],
    assessments: kept('execution') ? made.assessments : [],
    documentation: kept('documentation') ? made.documentation : null,
    adequacy: null,
  }
}

/** The step that is to be taken now; null when all are done. */
export function nextStep(made: CredibilityCase): CaseStep | null {
  const done: Record<CaseStep, boolean> = {
    question: made.question !== null,
    'context-of-use': made.contextOfUse !== null,
    risk: made.risk !== null,
    plan: made.goals.length > 0,
    execution: made.goals.length > 0 && unassessed(made).length === 0,
    documentation: made.documentation !== null,
    adequacy: made.adequacy !== null,
  }
  return CASE_STEPS.find((step) => !done[step]) ?? null
}

/** Factors with a goal that nobody has assessed. */
export function unassessed({ goals, assessments }: CredibilityCase): FactorGoal['factor'][] {
  const assessed = new Set(assessments.map(({ factor }) => factor))
  return goals.filter(({ goal, factor }) => goal !== null && !assessed.has(factor)).map(({ factor }) => factor)
}

/** Factors whose achieved level is below the goal, or not known. */
export function unmetGoals({ goals, assessments }: CredibilityCase): FactorGoal['factor'][] {
  const achieved = new Map(assessments.map((assessment) => [assessment.factor, assessment.achieved]))
  return goals
    .filter(({ factor, goal }) => goal !== null && (achieved.get(factor) ?? 0) < goal)
    .map(({ factor }) => factor)
}

/** What an approver signs: SHA-256, hexadecimal, over the canonical JSON (RFC 8785) of proposal, classification and case. */
export function recordDigest({ proposal, aiAct, case: made }: ModelVersionState): string {
  return createHash('sha256')
    .update(canonicalJson({ proposal, aiAct, case: made }))
    .digest('hex')
}
