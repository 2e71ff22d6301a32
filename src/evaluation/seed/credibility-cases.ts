/**
 * Credibility cases of the evaluation data set. Goals and levels are those of this repository as it is: reference results are
 * run when the case is made, tests and requirements are files of the project, and published validation is what the cards cite.
 */
import type { AiActClassification } from '../../models/registry/ai-act.js'
import type { Factor, GoalLevel, Level, ModelNature } from '../../models/registry/credibility-factors.js'
import type { ContextOfUse, RiskAssessed } from '../../models/registry/events.js'

/** What backs a level: a file of the project by its path, the model's card, or its reference results. */
export type Backing = { file: string } | 'card' | 'reference-results'

/** `[goal, why]`, or why the factor does not apply. */
export type Goal = readonly [goal: GoalLevel, rationale: string] | string
export type Reached = readonly [achieved: Level, summary: string, backing: Backing]

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

const FORMULA: AiActClassification = {
  class: 'not-an-ai-system',
  basis: 'Art. 3(1), recital 12',
  rationale:
    'A published formula with fixed coefficients: nothing is inferred from data when it runs. Within this context of use it would be research under Art. 2(6) otherwise.',
}

const CLOSED_FORM = 'The model is a closed formula: nothing is discretised and nothing is iterated.'

const GOALS = {
  'software-quality-assurance': [2, 'Requirements must lead to tests in a ledger that regulators read.'],
  'numerical-code-verification': [2, 'Independent reference results exist.'],
  'discretisation-error': CLOSED_FORM,
  'numerical-solver-error': CLOSED_FORM,
  'use-error': [2, 'Inputs come from records by rule, so a wrong one must be refused and not clamped.'],
  'model-form': [1, 'The influence on decisions is low: stated assumptions suffice.'],
  'model-inputs': [1, 'The influence on decisions is low: named inputs with ranges suffice.'],
  'test-samples': [2, 'External samples were published.'],
  'test-conditions': [1, 'The published samples cover the main inputs.'],
  'equivalency-of-inputs': [1, 'Routine measurements stand for those of the studies.'],
  'output-comparison': [2, 'Discrimination or agreement must be known in figures.'],
  'relevance-of-quantities-of-interest': [2, 'What was validated must be of the kind that is reported.'],
  'relevance-to-context-of-use': [1, 'Research use tolerates a population that only overlaps.'],
} as const satisfies SeededCase['goals']

const REACHED = {
  'software-quality-assurance': [
    2,
    'Each requirement names its controls and has a test that proves it; known anomalies with their effect are not listed.',
    { file: 'compliance/requirements.json' },
  ],
  'use-error': [
    2,
    'Inputs that are missing, of the wrong type or out of range are refused by name; nobody checks the inputs of a run a second time.',
    { file: 'tests/models/model-refusal.spec.ts' },
  ],
  'model-form': [1, 'The card states assumptions, known bias and the second model to compare with.', 'card'],
  'model-inputs': [1, 'Each input has a unit and a range; its uncertainty is not carried through.', 'card'],
  'equivalency-of-inputs': [1, 'The mapping takes the codes and units that the card lists.', 'card'],
} as const satisfies SeededCase['reached']

const RESEARCH_RISK = {
  influence: 'low',
  consequence: 'medium',
  rationale: 'One of several figures in a research question; nobody is treated by it.',
} as const

const research = (statement: string, limits: ContextOfUse['limits'] = []): ContextOfUse => ({
  statement,
  purposes: ['HRESCH'],
  limits,
})

const ALL_MET = {
  adequate: true,
  rationale: 'All goals of the plan are met for research use; not for the treatment of anybody.',
}

const PREVENT_CONTEXT = research(
  'Research on the primary prevention of cardiovascular disease in adults of 30 to 79 years; not for the treatment of anybody.',
  [
    { input: 'age', minimum: 30, maximum: 79 },
    { input: 'bmi', minimum: 18.5, maximum: 39.9 },
  ],
)

export const SEEDED_CASES: readonly SeededCase[] = [
  {
    model: 'cvd.prevent-2023',
    version: '1.0.0-rc.1',
    nature: 'statistical',
    aiAct: FORMULA,
    contextOfUse: PREVENT_CONTEXT,
    risk: RESEARCH_RISK,
  },
  {
    model: 'cvd.prevent-2023',
    nature: 'statistical',
    aiAct: FORMULA,
    contextOfUse: PREVENT_CONTEXT,
    risk: RESEARCH_RISK,
    goals: GOALS,
    reached: {
      ...REACHED,
      'test-samples': [
        2,
        'External validation data sets, separate from those of the derivation, as cited in the card.',
        'card',
      ],
      'test-conditions': [1, 'The range of each input is published and is refused outside of it.', 'card'],
      'output-comparison': [2, 'Discrimination and calibration are published; no uncertainty of both sides.', 'card'],
      'relevance-of-quantities-of-interest': [2, 'The same events, in another place than this clinic.', 'card'],
      'relevance-to-context-of-use': [
        1,
        'The published validation is of people in the United States; nothing was measured in the population of this service.',
        'card',
      ],
    },
    adequacy: ALL_MET,
    approved: true,
  },
  {
    model: 'renal.ckdepi2021+cockcroftgault',
    nature: 'statistical',
    aiAct: FORMULA,
    contextOfUse: research('Kidney function of adults in a steady state as an input to other models in research.', [
      { input: 'age', minimum: 18 },
    ]),
    risk: RESEARCH_RISK,
    goals: { ...GOALS, 'test-samples': [1, 'A described sample suffices for an input to research.'] },
    reached: {
      ...REACHED,
      'test-samples': [1, 'The samples of both publications are described in the card.', 'card'],
      'test-conditions': [1, 'Adults with measured filtration, as described in the card.', 'card'],
      'output-comparison': [2, 'Agreement with measured filtration is published as a share within 30 %.', 'card'],
      'relevance-of-quantities-of-interest': [2, 'The same quantity, in another place.', 'card'],
      'relevance-to-context-of-use': [1, 'Adults in a steady state; this clinic’s own assay was not compared.', 'card'],
    },
    adequacy: ALL_MET,
    approved: true,
  },
  {
    model: 'trial.group-sequential',
    nature: 'mechanistic',
    aiAct: { ...FORMULA, rationale: 'Probability theory: the boundaries follow from the design alone.' },
    contextOfUse: {
      statement: 'Planning of group-sequential trials with a statistician who signs the plan.',
      purposes: ['HRESCH', 'CLINTRCH'],
      limits: [],
    },
    risk: {
      influence: 'medium',
      consequence: 'medium',
      rationale: 'The plan leans on the boundaries; a statistician checks them before a trial begins.',
    },
    goals: {
      ...GOALS,
      'discretisation-error': [2, 'Boundaries come from numerical integration on a grid.'],
      'numerical-solver-error': [2, 'Boundaries are roots of an iteration.'],
      'test-samples': 'No sample of people is compared: the comparator is another implementation.',
      'test-conditions': [1, 'Designs of the reference results.'],
      'equivalency-of-inputs': [3, 'Both implementations take the same design.'],
      'output-comparison': [1, 'Differences of critical values.'],
      'relevance-of-quantities-of-interest': [3, 'The compared boundaries are those that are used.'],
    },
    reached: {
      ...REACHED,
      'discretisation-error': [
        2,
        'The reference results are met within their tolerance on the grid that is used.',
        'reference-results',
      ],
      'numerical-solver-error': [
        2,
        'Another implementation, with a solver of its own, agrees within the tolerance.',
        'reference-results',
      ],
      'test-conditions': [1, 'The designs of the reference results.', 'reference-results'],
      'equivalency-of-inputs': [
        3,
        'The reference results have the same inputs, in value and in definition.',
        'reference-results',
      ],
      'output-comparison': [1, 'The largest difference in relation to its tolerance is known.', 'reference-results'],
      'relevance-of-quantities-of-interest': [
        3,
        'Critical values and error spent are compared, and are what is used.',
        'reference-results',
      ],
      'relevance-to-context-of-use': [1, 'The designs compared overlap those that are planned.', 'reference-results'],
    },
    adequacy: { adequate: true, rationale: 'All goals are met for planning with a statistician.' },
    approved: true,
  },
  {
    model: 'ageing.phenoage-2018',
    nature: 'statistical',
    aiAct: FORMULA,
    contextOfUse: research('Research on biological ageing in adults of 20 to 84 years; associational, not causal.', [
      { input: 'age', minimum: 20, maximum: 84 },
    ]),
    risk: { ...RESEARCH_RISK, consequence: 'low' },
    goals: {
      ...GOALS,
      'test-samples': [1, 'A described sample suffices at a low risk.'],
      'output-comparison': [1, 'One figure suffices at a low risk.'],
    },
    reached: {
      ...REACHED,
      'test-samples': [1, 'The validation sample is described in the card.', 'card'],
      'test-conditions': [1, 'Adults of the United States, as described in the card.', 'card'],
      'output-comparison': [1, 'One published figure relates the result to mortality.', 'card'],
      'relevance-of-quantities-of-interest': [2, 'Mortality, at another time and in another place.', 'card'],
      'relevance-to-context-of-use': [1, 'The ages overlap; the population is another.', 'card'],
    },
    adequacy: ALL_MET,
  },
  {
    model: 'cvd.score2-2021',
    nature: 'statistical',
    aiAct: FORMULA,
    contextOfUse: research('Research on primary prevention in Europeans of 40 to 69 years; compared with PREVENT.', [
      { input: 'age', minimum: 40, maximum: 69 },
    ]),
    risk: RESEARCH_RISK,
    goals: GOALS,
    reached: REACHED,
  },
  {
    model: 'heart.loop-bjordalsbakke-2022',
    nature: 'mechanistic',
    aiAct: {
      ...FORMULA,
      rationale: 'Laws of physiology solved numerically; nothing is inferred from data when it runs.',
    },
    contextOfUse: research('Explanation of haemodynamics beside measured values of one person in research.'),
    risk: RESEARCH_RISK,
    goals: {
      ...GOALS,
      'discretisation-error': [2, 'The equations are solved by steps.'],
      'numerical-solver-error': [2, 'A second solver exists.'],
      'test-samples': [1, 'Some measured people should be compared.'],
    },
    reached: {
      ...REACHED,
      'discretisation-error': [
        2,
        'Adaptive steps; the reference results were made with a tighter tolerance.',
        'reference-results',
      ],
      'numerical-solver-error': [
        2,
        'An independent solver agrees within the tolerance of the reference results.',
        'reference-results',
      ],
      'test-samples': [0, 'No measured person was compared: the publication uses synthetic data.', 'card'],
      'test-conditions': [0, 'Nothing was measured.', 'card'],
      'output-comparison': [
        1,
        'Compared with another implementation alone, not with measurements.',
        'reference-results',
      ],
      'relevance-of-quantities-of-interest': [0, 'What was compared is another computation.', 'card'],
      'relevance-to-context-of-use': [0, 'No validation in people.', 'card'],
    },
    adequacy: {
      adequate: false,
      rationale:
        'Without measured people the model explains and does not predict; the case is to be reopened with echo data.',
    },
  },
  {
    model: 'pk.vancomycin-goti-2018',
    nature: 'mechanistic',
    aiAct: { ...FORMULA, rationale: 'A published compartment model; its Bayesian fit follows a stated likelihood.' },
    contextOfUse: {
      statement:
        'Adjustment of intravenous vancomycin in hospitalised adults by a pharmacist, beside the measured level.',
      purposes: ['TREAT'],
      limits: [{ input: 'age', minimum: 18 }],
    },
  },
]

/** The level of numerical code verification when every reference result is met. */
export const VERIFIED_LEVEL: Level = 2
