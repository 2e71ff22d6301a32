import { assessRisk, type ModelCard } from '../../model-card.js'

export const card: ModelCard = {
  id: 'pk.map-engine-1cmt-oral',
  version: '1.0.0',
  title: 'Bayesian estimation of individual parameters, one compartment with first-order absorption',
  doi: ['10.1002/jps.2600711209', '10.1002/psp4.12689'],
  questionOfInterest:
    'Which parameters does this patient most probably have, given a population model and measured levels?',
  contextOfUse:
    'Estimator behind dose individualisation for a population model whose own card covers the drug; not a recommendation by itself.',
  risk: assessRisk('medium', 'medium'),
  inputs: [
    { name: 'theta', codes: [], whenMissing: 'refused' },
    { name: 'omega2', codes: [], whenMissing: 'refused' },
    { name: 'sigma2', codes: [], whenMissing: 'refused' },
    { name: 'doses', codes: [], whenMissing: 'refused' },
    { name: 'observations', codes: [], whenMissing: 'refused' },
  ],
  outputs: [
    'random effects at the posterior mode',
    'posterior covariance from the first-order and from the exact Hessian',
    'individual parameters and predictions',
  ],
  verification: [
    'random effects within 1e-4 and posterior covariance within 5 % of NONMEM (FOCE with interaction)',
    'superposition of doses by property tests',
  ],
  validation: [
    {
      population: 'simulated patients, estimation compared with NONMEM',
      n: null,
      metric: '98 % of the estimates identical to those of NONMEM',
      citation: '10.1002/psp4.12689',
    },
  ],
  uncertainty: {
    parameter: 'posterior covariance; the quadratic approximation at the mode, not the full posterior',
    measurement: 'additive and proportional residual variance, given',
    structural: 'one compartment; another population model gives another answer',
  },
  limits: {
    refused: [
      'Ω that is not positive definite',
      'no residual variance',
      'samples before the first dose without additive error',
    ],
    stated: ['the mode nearest to the typical patient is found; a posterior with several modes is not searched'],
  },
  knownBias: ['estimates shrink towards the typical patient when there are few samples'],
  conflictsResolved: [
    {
      conflict: 'posterior covariance from the exact or from the first-order Hessian',
      resolution: 'both are given; posteriorCov_lower is the first-order one, which NONMEM reports',
    },
  ],
}
