/** PREVENT, base equations (card: src/models/library/cvd-prevent-2023/card.ts). */
import { ANTIHYPERTENSIVES, CARDIOVASCULAR_DISEASE, DIABETES, REVASCULARISATION, STATINS } from './clinical-codes.js'
import {
  AGE,
  BMI,
  GLOMERULAR_FILTRATION,
  hdlCholesterol,
  SEX,
  SMOKING,
  SYSTOLIC,
  totalCholesterol,
  vitalSign,
} from './common-rules.js'
import type { InputMapping } from './mapping.js'
import type { HistoryRule, MedicationRule } from './rules.js'

export const TAKES_STATIN: MedicationRule = { from: 'medication', category: 'medications', codes: STATINS }
export const HAS_DIABETES: HistoryRule = {
  from: 'history',
  category: 'conditions',
  conditions: DIABETES,
  which: 'current',
}
export const HAD_CARDIOVASCULAR_DISEASE: HistoryRule = {
  from: 'history',
  category: 'conditions',
  conditions: CARDIOVASCULAR_DISEASE,
  procedures: REVASCULARISATION,
  which: 'ever',
}

export const PREVENT_MAPPING: InputMapping = {
  model: 'cvd.prevent-2023',
  version: '1.0.0',
  inputs: {
    model: { from: 'fixed', value: 'base' },
    sex: SEX,
    age: AGE,
    sbp: vitalSign(SYSTOLIC, 'mm[Hg]', 'P1Y'),
    bp_tx: { from: 'medication', category: 'medications', codes: ANTIHYPERTENSIVES },
    total_c: totalCholesterol('mg/dL'),
    hdl_c: hdlCholesterol('mg/dL'),
    statin: TAKES_STATIN,
    dm: HAS_DIABETES,
    smoking: SMOKING,
    egfr: GLOMERULAR_FILTRATION,
    bmi: BMI,
    priorCvd: HAD_CARDIOVASCULAR_DISEASE,
  },
}
