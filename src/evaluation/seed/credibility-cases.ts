/**
 * Credibility cases of the evaluation data set. Goals and levels are those of this repository as it is: reference results are
 * run when the case is made, tests and requirements are files of the project, and published validation is what the cards cite.
 */
import { ALL_MET, FORMULA, GOALS, REACHED, research, RESEARCH_RISK, type SeededCase } from './credibility-plan.js'

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
      'test-samples': {
        achieved: 2,
        summary: 'External validation data sets, separate from those of the derivation, as cited in the card.',
        backing: 'card',
      },
      'test-conditions': {
        achieved: 1,
        summary: 'The range of each input is published and is refused outside of it.',
        backing: 'card',
      },
      'output-comparison': {
        achieved: 2,
        summary: 'Discrimination and calibration are published; no uncertainty of both sides.',
        backing: 'card',
      },
      'relevance-of-quantities-of-interest': {
        achieved: 2,
        summary: 'The same events, in another place than this clinic.',
        backing: 'card',
      },
      'relevance-to-context-of-use': {
        achieved: 1,
        summary:
          'The published validation is of people in the United States; nothing was measured in the population of this service.',
        backing: 'card',
      },
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
    goals: {
      ...GOALS,
      'test-samples': { goal: 1, rationale: 'A described sample suffices for an input to research.' },
    },
    reached: {
      ...REACHED,
      'test-samples': {
        achieved: 1,
        summary: 'The samples of both publications are described in the card.',
        backing: 'card',
      },
      'test-conditions': {
        achieved: 1,
        summary: 'Adults with measured filtration, as described in the card.',
        backing: 'card',
      },
      'output-comparison': {
        achieved: 2,
        summary: 'Agreement with measured filtration is published as a share within 30 %.',
        backing: 'card',
      },
      'relevance-of-quantities-of-interest': {
        achieved: 2,
        summary: 'The same quantity, in another place.',
        backing: 'card',
      },
      'relevance-to-context-of-use': {
        achieved: 1,
        summary: 'Adults in a steady state; this clinic’s own assay was not compared.',
        backing: 'card',
      },
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
      'discretisation-error': { goal: 2, rationale: 'Boundaries come from numerical integration on a grid.' },
      'numerical-solver-error': { goal: 2, rationale: 'Boundaries are roots of an iteration.' },
      'test-samples': 'No sample of people is compared: the comparator is another implementation.',
      'test-conditions': { goal: 1, rationale: 'Designs of the reference results.' },
      'equivalency-of-inputs': { goal: 3, rationale: 'Both implementations take the same design.' },
      'output-comparison': { goal: 1, rationale: 'Differences of critical values.' },
      'relevance-of-quantities-of-interest': { goal: 3, rationale: 'The compared boundaries are those that are used.' },
    },
    reached: {
      ...REACHED,
      'discretisation-error': {
        achieved: 2,
        summary: 'The reference results are met within their tolerance on the grid that is used.',
        backing: 'reference-results',
      },
      'numerical-solver-error': {
        achieved: 2,
        summary: 'Another implementation, with a solver of its own, agrees within the tolerance.',
        backing: 'reference-results',
      },
      'test-conditions': {
        achieved: 1,
        summary: 'The designs of the reference results.',
        backing: 'reference-results',
      },
      'equivalency-of-inputs': {
        achieved: 3,
        summary: 'The reference results have the same inputs, in value and in definition.',
        backing: 'reference-results',
      },
      'output-comparison': {
        achieved: 1,
        summary: 'The largest difference in relation to its tolerance is known.',
        backing: 'reference-results',
      },
      'relevance-of-quantities-of-interest': {
        achieved: 3,
        summary: 'Critical values and error spent are compared, and are what is used.',
        backing: 'reference-results',
      },
      'relevance-to-context-of-use': {
        achieved: 1,
        summary: 'The designs compared overlap those that are planned.',
        backing: 'reference-results',
      },
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
      'test-samples': { goal: 1, rationale: 'A described sample suffices at a low risk.' },
      'output-comparison': { goal: 1, rationale: 'One figure suffices at a low risk.' },
    },
    reached: {
      ...REACHED,
      'test-samples': { achieved: 1, summary: 'The validation sample is described in the card.', backing: 'card' },
      'test-conditions': {
        achieved: 1,
        summary: 'Adults of the United States, as described in the card.',
        backing: 'card',
      },
      'output-comparison': {
        achieved: 1,
        summary: 'One published figure relates the result to mortality.',
        backing: 'card',
      },
      'relevance-of-quantities-of-interest': {
        achieved: 2,
        summary: 'Mortality, at another time and in another place.',
        backing: 'card',
      },
      'relevance-to-context-of-use': {
        achieved: 1,
        summary: 'The ages overlap; the population is another.',
        backing: 'card',
      },
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
      'discretisation-error': { goal: 2, rationale: 'The equations are solved by steps.' },
      'numerical-solver-error': { goal: 2, rationale: 'A second solver exists.' },
      'test-samples': { goal: 1, rationale: 'Some measured people should be compared.' },
    },
    reached: {
      ...REACHED,
      'discretisation-error': {
        achieved: 2,
        summary: 'Adaptive steps; the reference results were made with a tighter tolerance.',
        backing: 'reference-results',
      },
      'numerical-solver-error': {
        achieved: 2,
        summary: 'An independent solver agrees within the tolerance of the reference results.',
        backing: 'reference-results',
      },
      'test-samples': {
        achieved: 0,
        summary: 'No measured person was compared: the publication uses synthetic data.',
        backing: 'card',
      },
      'test-conditions': { achieved: 0, summary: 'Nothing was measured.', backing: 'card' },
      'output-comparison': {
        achieved: 1,
        summary: 'Compared with another implementation alone, not with measurements.',
        backing: 'reference-results',
      },
      'relevance-of-quantities-of-interest': {
        achieved: 0,
        summary: 'What was compared is another computation.',
        backing: 'card',
      },
      'relevance-to-context-of-use': { achieved: 0, summary: 'No validation in people.', backing: 'card' },
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
