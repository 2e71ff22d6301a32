import { type ModelCard } from '../../model-card.js'
import { card as goti } from '../pk-vancomycin-goti-2018/card.js'

/** Model card of the choice between vancomycin regimens. */
export const card: ModelCard = {
  id: 'pk.what-if-vancomycin',
  version: '1.0.0',
  title: 'What if this patient were given another vancomycin regimen?',
  doi: [...goti.doi, '10.1128/AAC.49.12.4934-4941.2005'],
  questionOfInterest:
    'Which of these regimens brings this patient’s daily area under the curve into 400-600 mg·h/L, and how surely?',
  contextOfUse: goti.contextOfUse,
  risk: goti.risk,
  inputs: [
    ...goti.inputs.filter(({ name }) => name !== 'times_h'),
    { name: 'regimens', codes: [], whenMissing: 'refuse: the regimens to compare are stated with the run' },
  ],
  outputs: [
    'the present regimen and each alternative at steady state: daily area, trough, peak and probability of reaching the target',
    'uncertainty: of this patient’s clearance, of a measured trough, and beside Buelga 2005',
  ],
  verification: [
    'Individual parameters equal pk.vancomycin-goti-2018 on the same inputs, to the bit',
    'Properties: the area is proportional to the daily dose; probabilities of below, within and above the target add up to 1',
    'Trough and peak at steady state follow from superposition, checked against 60 simulated doses',
  ],
  validation: goti.validation,
  uncertainty: {
    parameter:
      'Clearance log-normal with the posterior SD of its random effect when levels are given, else with the variation between patients.',
    measurement: 'A trough as the assay would show it: additive and proportional residual error of the publication.',
    structural: 'The daily area by Buelga 2005 (one compartment) at the same creatinine clearance, without levels.',
  },
  limits: goti.limits,
  knownBias: goti.knownBias,
  conflictsResolved: goti.conflictsResolved,
}
