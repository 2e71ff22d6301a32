import { assessRisk, type ModelCard } from '../../model-card.js'

export const card: ModelCard = {
  id: 'trial.procova-power',
  version: '1.0.0',
  title: 'Power and sample size with adjustment for a prognostic score (PROCOVA)',
  doi: ['10.1515/ijb-2021-0072', '10.1080/00031305.1981.10479363'],
  questionOfInterest:
    'How many subjects does a trial need when its analysis adjusts for a prognostic score of a known correlation?',
  contextOfUse:
    'Planning a randomised trial with a continuous outcome; the statistical analysis plan fixes the score before unblinding.',
  risk: assessRisk('high', 'medium'),
  inputs: [{ name: 'fn', codes: [], whenMissing: 'refused' }],
  outputs: ['total sample size or power', 'residual variance', 'share of subjects saved'],
  verification: ['Guenther–Schouten within 1e-9 of R', 'sample size and power are inverse, by property test'],
  validation: [
    {
      population: 'planning examples of the EMA qualification opinion',
      n: null,
      metric: 'type-I error kept and power reached in simulation',
      citation: '10.1515/ijb-2021-0072',
      unverified: true,
    },
  ],
  uncertainty: {
    parameter: 'the correlation comes from history: deflation and inflation are its margin',
    measurement: 'none: planning values are given',
    structural: 'normal approximation; the noncentral t is the other formula',
  },
  limits: {
    refused: ['no effect beyond the margin', 'levels or powers outside 0–1', 'variance given twice'],
    stated: ['alpha is two-sided and halved', 'no dropout: divide by the share that completes'],
  },
  knownBias: ['a score trained on another population correlates less than in its own'],
  conflictsResolved: [],
}
