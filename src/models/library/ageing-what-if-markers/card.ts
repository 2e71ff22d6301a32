import { assessRisk, type ModelCard } from '../../model-card.js'
import { card as phenoAge } from '../ageing-phenoage-2018/card.js'

/** Model card of interventions on biological age. */
export const card: ModelCard = {
  id: 'ageing.what-if-markers',
  version: '1.0.0',
  title: 'What if an intervention changed this person’s blood markers?',
  doi: phenoAge.doi,
  questionOfInterest: 'Which phenotypic age would go with the blood markers that an intervention is reported to bring?',
  contextOfUse:
    'Associational, not causal: shows what marker changes from a cited study would mean for the score. Not a promise of longer life.',
  risk: assessRisk('low', 'medium'),
  inputs: [
    ...phenoAge.inputs,
    { name: 'changes', codes: [], whenMissing: 'refuse: which markers change, by how much, is stated with the run' },
    { name: 'source', codes: [], whenMissing: 'refuse: the DOI of the study the changes come from' },
    { name: 'analyticalCv', codes: [], whenMissing: 'no interval for the instruments' },
    { name: 'seed', codes: [], whenMissing: '1' },
  ],
  outputs: [
    'phenotypic age, mortality score and survival curve as recorded and after the changes, and their difference',
  ],
  verification: [
    'As recorded it equals ageing.phenoage-2018 to the bit',
    'Properties: no change changes nothing; the changes of two markers are those of each, one after the other',
  ],
  validation: phenoAge.validation,
  uncertainty: {
    parameter: 'PhenoAge publishes no coefficient covariance: none is invented.',
    measurement: 'By the coefficients of variation of the laboratory, where they are stated with the run.',
    structural: 'No second model of phenotypic age is in the library.',
  },
  limits: {
    refused: [...phenoAge.limits.refused, 'Markers outside the range after the change'],
    stated: [
      ...phenoAge.limits.stated,
      'The markers of a score are not its causes: changing one need not change mortality',
    ],
  },
  knownBias: phenoAge.knownBias,
  conflictsResolved: phenoAge.conflictsResolved,
}
