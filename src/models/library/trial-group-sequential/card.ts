import { assessRisk, type ModelCard } from '../../model-card.js'

export const card: ModelCard = {
  id: 'trial.group-sequential',
  version: '1.0.0',
  title: 'Boundaries of group-sequential designs',
  doi: ['10.2307/2343787', '10.1093/biomet/70.3.659', '10.2307/2531959'],
  questionOfInterest: 'Which critical values keep the error of a trial with interim looks, and what do the looks cost?',
  contextOfUse: 'Planning a randomised trial with interim analyses; a statistician signs the plan.',
  risk: assessRisk('high', 'medium'),
  inputs: [
    { name: 'design', codes: [], whenMissing: 'refused' },
    { name: 'alpha_one_sided', codes: [], whenMissing: 'refused' },
  ],
  outputs: ['critical values, local levels and cumulative error by look', 'inflation, drift and expected sample size'],
  verification: ['within 1e-5 of rpact for all designs', 'the error spent sums to alpha, by property test'],
  validation: [
    {
      population: 'independent reference implementation (rpact 3.3.4)',
      n: null,
      metric: 'difference of critical values below 1e-5',
      citation: '10.2307/2343787',
    },
  ],
  uncertainty: {
    parameter: 'none: the boundaries follow from the design',
    measurement: 'real information differs from the plan: recompute with spending functions at the real looks',
    structural: 'asymptotic normality with independent increments',
  },
  limits: {
    refused: ['more than 20 looks', 'information that does not ascend to 1', 'futility bounds in two-sided designs'],
    stated: ['futility bounds do not move the efficacy boundary unless they are binding'],
  },
  knownBias: ['estimates after early stopping exaggerate the effect'],
  conflictsResolved: [],
}
