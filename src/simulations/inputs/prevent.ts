/** PREVENT, base equations (card: src/models/library/cvd-prevent-2023/card.ts). */
import { ANTIHYPERTENSIVES, CARDIOVASCULAR_DISEASE, DIABETES, REVASCULARISATION, STATINS } from './clinical-codes.js'
import { AGE, BMI, GLOMERULAR_FILTRATION, SEX, SMOKING } from './common-rules.js'
import type { InputMapping } from './mapping.js'

/** g/mol */
const CHOLESTEROL = 386.65

export const PREVENT_MAPPING: InputMapping = {
  model: 'cvd.prevent-2023',
  version: '1.0.0',
  inputs: {
    model: { from: 'fixed', value: 'base' },
    sex: SEX,
    age: AGE,
    sbp: { from: 'measurement', category: 'vital-signs', codes: ['8480-6'], unit: 'mm[Hg]', maximumAge: 'P1Y' },
    bp_tx: { from: 'medication', category: 'medications', codes: ANTIHYPERTENSIVES },
    total_c: {
      from: 'measurement',
      category: 'laboratory',
      codes: ['2093-3', '14647-2'],
      unit: 'mg/dL',
      molarMass: CHOLESTEROL,
      maximumAge: 'P5Y',
    },
    hdl_c: {
      from: 'measurement',
      category: 'laboratory',
      codes: ['2085-9', '14646-4'],
      unit: 'mg/dL',
      molarMass: CHOLESTEROL,
      maximumAge: 'P5Y',
    },
    statin: { from: 'medication', category: 'medications', codes: STATINS },
    dm: { from: 'history', category: 'conditions', conditions: DIABETES, which: 'current' },
    smoking: SMOKING,
    egfr: GLOMERULAR_FILTRATION,
    bmi: BMI,
    priorCvd: {
      from: 'history',
      category: 'conditions',
      conditions: CARDIOVASCULAR_DISEASE,
      procedures: REVASCULARISATION,
      which: 'ever',
    },
  },
}
