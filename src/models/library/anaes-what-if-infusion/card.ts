import { type ModelCard } from '../../model-card.js'
import { card as eleveld } from '../anaes-eleveld-propofol-2018/card.js'

/** Model card of emergence after another infusion. */
export const card: ModelCard = {
  id: 'anaes.what-if-infusion',
  version: '1.0.0',
  title: 'What if propofol were infused otherwise: when would this patient wake up?',
  doi: eleveld.doi,
  questionOfInterest:
    'How much sooner or later would this patient emerge after another propofol infusion, and how deep is either?',
  contextOfUse: eleveld.contextOfUse,
  risk: eleveld.risk,
  inputs: [
    ...eleveld.inputs.filter(({ name }) => name !== 'times_min'),
    { name: 'alternativeRegimen', codes: [], whenMissing: 'refuse: the other infusion is stated with the run' },
    { name: 'seed', codes: [], whenMissing: '1' },
  ],
  outputs: [
    'for both infusions: emergence after the end, deepest bispectral index, propofol given; and the differences',
  ],
  verification: [
    'Both courses equal anaes.eleveld-propofol-2018 on the same inputs, to the bit',
    'Properties: the same infusion differs by nothing; equal seeds give equal intervals',
  ],
  validation: eleveld.validation,
  uncertainty: {
    parameter: 'Patients drawn with the published variances around the typical one; each parameter by itself.',
    measurement: 'Emergence read at an index one residual SD lower and higher.',
    structural: 'No second model of propofol is in the library.',
  },
  limits: eleveld.limits,
  knownBias: eleveld.knownBias,
  conflictsResolved: eleveld.conflictsResolved,
}
