/**
 * The credibility factors of a case and the grades by which they are judged.
 *
 * The thirteen factors are those of ASME V&V 40-2018, section 5, as taken up by the FDA guidance "Assessing the Credibility of
 * Computational Modeling and Simulation in Medical Device Submissions" (2023-11), section VI. The standard leaves the grades to
 * whoever applies it; these are the house's own, in its own words. A learned model is judged by four more, after step 4 of the
 * FDA draft "Considerations for the Use of Artificial Intelligence" (2025-01).
 */

/** Where the equations come from: laws of physiology, a published regression, or training on data by a machine. */
export const MODEL_NATURES = ['mechanistic', 'statistical', 'learned'] as const
export type ModelNature = (typeof MODEL_NATURES)[number]

export const FACTOR_GROUPS = [
  'code-verification',
  'calculation-verification',
  'model-validation',
  'comparator',
  'assessment',
  'applicability',
  'learning',
] as const
export type FactorGroup = (typeof FACTOR_GROUPS)[number]

export const FACTORS = [
  'software-quality-assurance',
  'numerical-code-verification',
  'discretisation-error',
  'numerical-solver-error',
  'use-error',
  'model-form',
  'model-inputs',
  'test-samples',
  'test-conditions',
  'equivalency-of-inputs',
  'output-comparison',
  'relevance-of-quantities-of-interest',
  'relevance-to-context-of-use',
  'training-data',
  'test-data-independence',
  'performance-estimates',
  'life-cycle-maintenance',
] as const
export type Factor = (typeof FACTORS)[number]

/** 1 to 3, the more the stricter. 0 is an achieved level only: nothing was shown. */
export type Level = 0 | 1 | 2 | 3
export type GoalLevel = Exclude<Level, 0>

export interface FactorDefinition {
  readonly title: string
  readonly group: FactorGroup
  /** What has to be shown for level 1, 2 and 3. */
  readonly grades: readonly [string, string, string]
  /** Asked of learned models alone. */
  readonly learnedOnly?: true
}

export const FACTOR_DEFINITIONS: Readonly<Record<Factor, FactorDefinition>> = {
  'software-quality-assurance': {
    title: 'Software quality assurance',
    group: 'code-verification',
    grades: [
      'The source is under version control and tests exist.',
      'Requirements lead to controls and tests, and every change runs them.',
      'Besides, known anomalies are listed with their effect on the context of use.',
    ],
  },
  'numerical-code-verification': {
    title: 'Numerical code verification',
    group: 'code-verification',
    grades: [
      'Single results are compared with published ones.',
      'A set of reference results of independent origin is met within a stated tolerance.',
      'Besides, an exact solution or a property over the whole input range is met.',
    ],
  },
  'discretisation-error': {
    title: 'Discretisation error',
    group: 'calculation-verification',
    grades: [
      'The step or mesh is stated.',
      'A finer step or mesh changes the result by less than a stated bound.',
      'The error is estimated by an order of convergence that was observed.',
    ],
  },
  'numerical-solver-error': {
    title: 'Numerical solver error',
    group: 'calculation-verification',
    grades: [
      'Solver parameters are stated.',
      'Another solver, or the same with a tighter tolerance, agrees within a stated bound.',
      'The error is bounded over the whole input range.',
    ],
  },
  'use-error': {
    title: 'Use error',
    group: 'calculation-verification',
    grades: [
      'Inputs and outputs are described.',
      'Inputs out of range, of a wrong type or in a wrong unit are refused, and tests show it.',
      'Besides, the inputs of a run are checked by somebody else or by a second means.',
    ],
  },
  'model-form': {
    title: 'Model form',
    group: 'model-validation',
    grades: [
      'Assumptions are stated.',
      'Their effect was examined in a published study or against a second model.',
      'Their effect on the quantity of interest was quantified for the context of use.',
    ],
  },
  'model-inputs': {
    title: 'Model inputs',
    group: 'model-validation',
    grades: [
      'Inputs are named with unit and range.',
      'The sensitivity to the main inputs is known.',
      'The uncertainty of all inputs is carried through to the result.',
    ],
  },
  'test-samples': {
    title: 'Test samples',
    group: 'comparator',
    grades: [
      'The sample of the comparison is described.',
      'It is large and independent of the sample the model was made from.',
      'Besides, it is drawn from the population of the context of use.',
    ],
  },
  'test-conditions': {
    title: 'Test conditions',
    group: 'comparator',
    grades: [
      'The conditions of the comparison are described.',
      'They cover the range of the main inputs.',
      'They cover the range of all inputs of the context of use.',
    ],
  },
  'equivalency-of-inputs': {
    title: 'Equivalency of input parameters',
    group: 'assessment',
    grades: [
      'Model and comparator have inputs of the same kind.',
      'Their main inputs are defined and measured in the same way.',
      'All inputs are the same, in value and in definition.',
    ],
  },
  'output-comparison': {
    title: 'Output comparison',
    group: 'assessment',
    grades: [
      'Results are compared by eye or by one figure.',
      'Discrimination and calibration, or error and its spread, are quantified.',
      'Besides, the uncertainty of both sides is part of the comparison.',
    ],
  },
  'relevance-of-quantities-of-interest': {
    title: 'Relevance of the quantities of interest',
    group: 'applicability',
    grades: [
      'The quantities that were compared are related to those of the context of use.',
      'They are of the same kind, over another time or in another place.',
      'They are the same.',
    ],
  },
  'relevance-to-context-of-use': {
    title: 'Relevance of the validation activities to the context of use',
    group: 'applicability',
    grades: [
      'The conditions of validation overlap those of the context of use.',
      'They cover the context of use, with stated exceptions.',
      'They cover the context of use.',
    ],
  },
  'training-data': {
    title: 'Training data',
    group: 'learning',
    learnedOnly: true,
    grades: [
      'Origin, size and period of the training data are stated.',
      'Representativeness and labelling were examined.',
      'Besides, groups that are few in them are named with their effect.',
    ],
  },
  'test-data-independence': {
    title: 'Independence of the test data',
    group: 'learning',
    learnedOnly: true,
    grades: [
      'Test data were held back from training.',
      'They come from other persons and another time or place.',
      'Besides, nobody who trained the model had access to them.',
    ],
  },
  'performance-estimates': {
    title: 'Performance with its uncertainty',
    group: 'learning',
    learnedOnly: true,
    grades: [
      'Performance is stated.',
      'It is stated with intervals, and by group.',
      'Besides, limits that were agreed beforehand are met.',
    ],
  },
  'life-cycle-maintenance': {
    title: 'Life-cycle maintenance',
    group: 'learning',
    learnedOnly: true,
    grades: [
      'Somebody is responsible for the model in use.',
      'Measures, their frequency and what reopens the case are stated.',
      'Besides, they are measured by themselves and raise an alarm.',
    ],
  },
}

/** The factors that the plan of a case must answer. */
export function factorsFor(nature: ModelNature): readonly Factor[] {
  return FACTORS.filter((factor) => nature === 'learned' || !FACTOR_DEFINITIONS[factor].learnedOnly)
}
