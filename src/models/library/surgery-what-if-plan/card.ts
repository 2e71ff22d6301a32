import { type ModelCard } from '../../model-card.js'
import { card as sort } from '../surgery-sort/card.js'

/** Model card of the recovery what-if. */
export const card: ModelCard = {
  id: 'surgery.what-if-plan',
  version: '1.0.0',
  title: 'What if this operation were done otherwise, or later in better health?',
  doi: sort.doi,
  questionOfInterest:
    'How would mortality and the course of recovery change with the urgency, the extent or the state of health?',
  contextOfUse: `${sort.contextOfUse} The alternative compares groups of patients; it is not the effect of an intervention.`,
  risk: sort.risk,
  inputs: [
    ...sort.inputs,
    { name: 'alternative', codes: [], whenMissing: 'refuse: what would be otherwise is stated with the run' },
  ],
  outputs: ['SORT as planned and otherwise: 30-day mortality, morbidity on days 7, 14, 21 and 28, and the differences'],
  verification: ['As planned it equals surgery.sort to the bit', 'Properties: the same plan differs by nothing'],
  validation: sort.validation,
  uncertainty: {
    parameter: sort.uncertainty.parameter,
    measurement: 'One ASA class more and one less than stated: classes differ between raters by about one.',
    structural: 'P-POSSUM needs laboratory values at the time of the operation: run surgery.p-possum beside it.',
  },
  limits: {
    refused: [...sort.limits.refused, 'An alternative that is the plan itself'],
    stated: [...sort.limits.stated, 'Patients who differ in what is changed differ in other ways too'],
  },
  knownBias: sort.knownBias,
  conflictsResolved: sort.conflictsResolved,
}
