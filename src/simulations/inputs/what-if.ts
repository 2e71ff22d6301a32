/** A twin treated otherwise: read as the model behind the scenario reads it, with what would be otherwise stated. */
import { ELEVELD_MAPPING } from './anaesthesia.js'
import { ldlCholesterol, STATED } from './common-rules.js'
import { HOVORKA_MAPPING } from './glucose.js'
import type { InputMapping } from './mapping.js'
import { GOTI_MAPPING } from './pharmacokinetics.js'
import { PHENO_AGE_MAPPING } from './phenoage.js'
import { PREVENT_MAPPING } from './prevent.js'
import { SORT_MAPPING } from './surgery.js'

const { model: _equations, ...person } = PREVENT_MAPPING.inputs
const { times_min: _readings, paramOverrides: _overrides, ...meal } = HOVORKA_MAPPING.inputs
const { times_min: _looks, ...anaesthesia } = ELEVELD_MAPPING.inputs
const { times_h: _samples, ...vancomycin } = GOTI_MAPPING.inputs

export const WHAT_IF_MAPPINGS: readonly InputMapping[] = [
  {
    model: 'cvd.what-if-drugs',
    version: '1.0.0',
    inputs: {
      ...person,
      ldl_mmolL: ldlCholesterol('mmol/L'),
      newStatin: STATED,
      dose_mg: STATED,
      bpDrugs: STATED,
      halfDose: { from: 'parameter', default: false },
      riskRegion: STATED,
      seed: STATED,
    },
  },
  {
    model: 'ageing.what-if-markers',
    version: '1.0.0',
    inputs: { ...PHENO_AGE_MAPPING.inputs, changes: STATED, source: STATED, analyticalCv: STATED, seed: STATED },
  },
  {
    model: 'surgery.what-if-plan',
    version: '1.0.0',
    inputs: { ...SORT_MAPPING.inputs, alternative: STATED },
  },
  {
    model: 'pk.what-if-vancomycin',
    version: '1.0.0',
    inputs: { ...vancomycin, regimens: STATED },
  },
  {
    model: 'glucose.what-if-insulin',
    version: '1.0.0',
    inputs: meal,
    requires: HOVORKA_MAPPING.requires,
  },
  {
    model: 'anaes.what-if-infusion',
    version: '1.0.0',
    inputs: { ...anaesthesia, alternativeRegimen: STATED, seed: STATED },
  },
]
