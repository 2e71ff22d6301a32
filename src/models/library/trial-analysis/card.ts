import { assessRisk, type ModelCard } from '../../model-card.js'

export const card: ModelCard = {
  id: 'trial.analysis',
  version: '1.0.0',
  title: 'Primary analyses of a two-arm randomised trial',
  doi: ['10.1016/0304-4076(85)90158-7', '10.1177/009286151104500409', '10.2307/2344317'],
  questionOfInterest: 'What is the effect of the treatment, and how certain is it?',
  contextOfUse:
    'The prespecified analysis of a real or a virtual randomised trial; covariates are baseline values fixed before unblinding.',
  risk: assessRisk('high', 'medium'),
  inputs: [
    { name: 'data', codes: [], whenMissing: 'refused' },
    { name: 'method', codes: [], whenMissing: 'refused' },
  ],
  outputs: [
    'difference of means, unadjusted and adjusted, with classical and robust errors',
    'marginal effects on a binary outcome',
    'log-rank test and hazard ratio',
  ],
  verification: [
    'within 1e-6 of R (lm, sandwich, survival)',
    'type-I error within Monte-Carlo bounds, by seeded property test',
  ],
  validation: [
    {
      population: 'simulated trials',
      n: null,
      metric: 'coverage of covariate-adjusted estimators in the FDA guidance of 2023',
      citation: '10.1177/009286151104500409',
      unverified: true,
    },
  ],
  uncertainty: {
    parameter: 'standard errors and intervals of the estimates',
    measurement: 'part of the outcome variance',
    structural: 'robust errors hold when the working model is wrong; the conditional odds ratio does not',
  },
  limits: {
    refused: [
      'an arm too small to estimate',
      'a covariate that is missing for some',
      'separated outcomes and collinear columns',
    ],
    stated: ['complete cases: missing outcomes are not imputed', 'randomisation is assumed'],
  },
  knownBias: ['HC0 is too small in small trials: HC3 is reported with the interval'],
  conflictsResolved: [],
}
