/** What the credibility cases of the evaluation data set have in common: goals and levels of this repository as it is. */
import type { AiActClassification } from '../../models/registry/ai-act.js'
import type { Factor, GoalLevel, Level, ModelNature } from '../../models/registry/credibility-factors.js'
import type { ContextOfUse, RiskAssessed } from '../../models/registry/events.js'

/** What backs a level: a file of the project by its path, the model's card, or its reference results. */
export type Backing = { file: string } | 'card' | 'reference-results'

/** A goal with its reason, or why the factor does not apply. */
export type Goal = { goal: GoalLevel; rationale: string } | string
export interface Reached {
  achieved: Level
  summary: string
  backing: Backing
}

export interface SeededCase {
  model: string
  /** Default: the version that runs. */
  version?: string
  nature: ModelNature
  aiAct: AiActClassification
  contextOfUse: ContextOfUse
  risk?: Omit<RiskAssessed['data'], 'tier'>
  goals?: Readonly<Record<Exclude<Factor, LearnedFactor>, Goal>>
  reached?: Partial<Record<Factor, Reached>>
  adequacy?: { adequate: boolean; rationale: string }
  approved?: true
}

type LearnedFactor = 'training-data' | 'test-data-independence' | 'performance-estimates' | 'life-cycle-maintenance'

export const FORMULA: AiActClassification = {
  class: 'not-an-ai-system',
  basis: 'Art. 3(1), recital 12',
  rationale:
    'A published formula with fixed coefficients: nothing is inferred from data when it runs. Within this context of use it would be research under Art. 2(6) otherwise.',
}

const CLOSED_FORM = 'The model is a closed formula: nothing is discretised and nothing is iterated.'

export const GOALS = {
  'software-quality-assurance': {
    goal: 2,
    rationale: 'Requirements must lead to tests in a ledger that regulators read.',
  },
  'numerical-code-verification': { goal: 2, rationale: 'Independent reference results exist.' },
  'discretisation-error': CLOSED_FORM,
  'numerical-solver-error': CLOSED_FORM,
  'use-error': {
    goal: 2,
    rationale: 'Inputs come from records by rule, so a wrong one must be refused and not clamped.',
  },
  'model-form': { goal: 1, rationale: 'The influence on decisions is low: stated assumptions suffice.' },
  'model-inputs': { goal: 1, rationale: 'The influence on decisions is low: named inputs with ranges suffice.' },
  'test-samples': { goal: 2, rationale: 'External samples were published.' },
  'test-conditions': { goal: 1, rationale: 'The published samples cover the main inputs.' },
  'equivalency-of-inputs': { goal: 1, rationale: 'Routine measurements stand for those of the studies.' },
  'output-comparison': { goal: 2, rationale: 'Discrimination or agreement must be known in figures.' },
  'relevance-of-quantities-of-interest': {
    goal: 2,
    rationale: 'What was validated must be of the kind that is reported.',
  },
  'relevance-to-context-of-use': { goal: 1, rationale: 'Research use tolerates a population that only overlaps.' },
} as const satisfies SeededCase['goals']

export const REACHED = {
  'software-quality-assurance': {
    achieved: 2,
    summary:
      'Each requirement names its controls and has a test that proves it; known anomalies with their effect are not listed.',
    backing: { file: 'compliance/requirements.json' },
  },
  'use-error': {
    achieved: 2,
    summary:
      'Inputs that are missing, of the wrong type or out of range are refused by name; nobody checks the inputs of a run a second time.',
    backing: { file: 'tests/models/model-refusal.spec.ts' },
  },
  'model-form': {
    achieved: 1,
    summary: 'The card states assumptions, known bias and the second model to compare with.',
    backing: 'card',
  },
  'model-inputs': {
    achieved: 1,
    summary: 'Each input has a unit and a range; its uncertainty is not carried through.',
    backing: 'card',
  },
  'equivalency-of-inputs': {
    achieved: 1,
    summary: 'The mapping takes the codes and units that the card lists.',
    backing: 'card',
  },
} as const satisfies SeededCase['reached']

export const RESEARCH_RISK = {
  influence: 'low',
  consequence: 'medium',
  rationale: 'One of several figures in a research question; nobody is treated by it.',
} as const

export const research = (statement: string, limits: ContextOfUse['limits'] = []): ContextOfUse => ({
  statement,
  purposes: ['HRESCH'],
  limits,
})

export const ALL_MET = {
  adequate: true,
  rationale: 'All goals of the plan are met for research use; not for the treatment of anybody.',
}

/** The level of numerical code verification when every reference result is met. */
export const VERIFIED_LEVEL: Level = 2
