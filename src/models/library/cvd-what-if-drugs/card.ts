import { assessRisk, type ModelCard } from '../../model-card.js'
import { card as prevent } from '../cvd-prevent-2023/card.js'
import { card as treatment } from '../cvd-treatment-effect/card.js'

/** Model card of drug impact on heart risk. */
export const card: ModelCard = {
  id: 'cvd.what-if-drugs',
  version: '1.0.0',
  title: 'What if this person took a statin or blood-pressure drugs?',
  doi: [...prevent.doi, ...treatment.doi],
  questionOfInterest:
    'How would a statin and antihypertensive drugs change this person’s 10-year risk, and how sure is that?',
  contextOfUse: `${treatment.contextOfUse} The untreated risk is that of PREVENT with its statin term at 0.`,
  risk: assessRisk('medium', 'medium'),
  inputs: [
    ...prevent.inputs.filter(({ name }) => name !== 'model'),
    ...treatment.inputs
      .filter(({ name }) => name === 'ldl_mmolL' || name === 'dose_mg' || name === 'bpDrugs' || name === 'halfDose')
      .map((input) => (input.name === 'ldl_mmolL' ? input : { ...input, whenMissing: 'stated with the run' })),
    { name: 'newStatin', codes: [], whenMissing: 'no statin' },
    { name: 'riskRegion', codes: [], whenMissing: 'no comparison with SCORE2' },
    { name: 'seed', codes: [], whenMissing: '1' },
  ],
  outputs: [
    'untreated and treated 10-year risks of ASCVD and heart failure, their difference and the number needed to treat',
    'uncertainty: by rate ratios, by instruments, and beside SCORE2',
  ],
  verification: [
    'Untreated risks equal cvd.prevent-2023 and effects equal cvd.treatment-effect on the same inputs, to the bit',
    'Properties: treated risks do not exceed the untreated; equal seeds give equal intervals; no drug changes nothing',
  ],
  validation: [...prevent.validation, ...treatment.validation],
  uncertainty: {
    parameter: 'Rate ratios drawn log-normally from their 95 % intervals; PREVENT publishes no coefficient covariance.',
    measurement: 'Blood pressure by the SD allowed to devices, lipids by the CV allowed to laboratories.',
    structural: 'The 10-year risk by SCORE2, when a European risk region is stated and SCORE2 applies.',
  },
  limits: {
    refused: [...prevent.limits.refused, ...treatment.limits.refused, 'A new statin for somebody who takes one'],
    stated: treatment.limits.stated,
  },
  knownBias: [...prevent.knownBias, ...treatment.knownBias],
  conflictsResolved: [
    {
      conflict: 'PREVENT has a statin term',
      resolution: 'It is prognostic and not causal: it stays at 0, and the effect comes from randomised trials.',
    },
  ],
}
