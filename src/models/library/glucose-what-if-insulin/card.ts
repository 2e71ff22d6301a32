import { type ModelCard } from '../../model-card.js'
import { card as hovorka } from '../glucose-hovorka-2004/card.js'

/** Model card of meals with and without insulin. */
export const card: ModelCard = {
  id: 'glucose.what-if-insulin',
  version: '1.0.0',
  title: 'What if this person took insulin with these meals?',
  doi: [...hovorka.doi, '10.2337/dci19-0028'],
  questionOfInterest: 'How would boluses change glucose over the hours after these meals?',
  contextOfUse: hovorka.contextOfUse,
  risk: hovorka.risk,
  inputs: hovorka.inputs.filter(({ name }) => name !== 'times_min' && name !== 'paramOverrides'),
  outputs: [
    'glucose with and without the boluses: curve, lowest, highest, minutes low, in range and high, and the differences',
  ],
  verification: [
    'Each course equals glucose.hovorka-2004 on the same inputs, to the bit',
    'Properties: minutes low, in range and high add up; more insulin never raises the highest glucose',
  ],
  validation: hovorka.validation,
  uncertainty: {
    parameter: 'No covariance of the parameters is in the library: none is invented.',
    measurement: 'The start as a meter might have misread it: the ends of the accuracy that ISO 15197:2013 asks for.',
    structural: 'No second model of glucose is in the library.',
  },
  limits: hovorka.limits,
  knownBias: hovorka.knownBias,
  conflictsResolved: hovorka.conflictsResolved,
}
