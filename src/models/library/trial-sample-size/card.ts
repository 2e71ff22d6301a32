import { assessRisk, type ModelCard } from '../../model-card.js'

export const card: ModelCard = {
  id: 'trial.sample-size',
  version: '1.0.0',
  title: 'Sample size and power of means, proportions and survival',
  doi: ['10.1093/biomet/68.1.316', '10.1002/sim.4780010204'],
  questionOfInterest: 'How many subjects or events does a comparison need, and which power has a given number?',
  contextOfUse: 'Planning a trial with a fixed sample size; a statistician signs the plan.',
  risk: assessRisk('high', 'medium'),
  inputs: [{ name: 'kind', codes: [], whenMissing: 'refused' }],
  outputs: ['total subjects or events, not rounded', 'power'],
  verification: [
    'within 1e-6 of rpact for means, proportions and events',
    'size and power are inverse, by property test',
  ],
  validation: [
    {
      population: 'planning formulas',
      n: null,
      metric: 'power reached in simulation',
      citation: '10.1093/biomet/68.1.316',
      unverified: true,
    },
  ],
  uncertainty: {
    parameter: 'effect, SD and event share are assumptions: vary them',
    measurement: 'none',
    structural: 'normal approximation except for the t test; Schoenfeld and Freedman differ for strong effects',
  },
  limits: {
    refused: ['no effect', 'levels, powers or proportions outside 0–1', 'both power and size, or neither'],
    stated: ['a two-sided level counts the side of the effect only', 'no dropout and no interim looks'],
  },
  knownBias: [],
  conflictsResolved: [],
}
