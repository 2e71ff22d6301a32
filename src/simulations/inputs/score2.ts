/** SCORE2 with SCORE2-OP, and SCORE2-Diabetes (cards: src/models/library/cvd-score2-2021, cvd-score2-diabetes-2023). */
import { TYPE_2_DIABETES } from './clinical-codes.js'
import {
  AGE,
  GLOMERULAR_FILTRATION,
  hdlCholesterol,
  laboratory,
  SEX,
  SMOKING,
  STATED,
  SYSTOLIC,
  totalCholesterol,
  vitalSign,
} from './common-rules.js'
import type { InputMapping } from './mapping.js'
import { HAD_CARDIOVASCULAR_DISEASE, HAS_DIABETES } from './prevent.js'
import type { DerivedRule, EitherRule } from './rules.js'

/** The risk region follows from where a person lives; the record holds no residence that may be read for this. */
const SHARED = {
  riskRegion: STATED,
  sex: SEX,
  age: AGE,
  smoker: SMOKING,
  sbp_mmHg: vitalSign(SYSTOLIC, 'mm[Hg]', 'P1Y'),
  totalChol_mmolL: totalCholesterol('mmol/L'),
  hdl_mmolL: hdlCholesterol('mmol/L'),
  priorCvd: HAD_CARDIOVASCULAR_DISEASE,
} as const

export const SCORE2_MAPPING: InputMapping = {
  model: 'cvd.score2-2021',
  version: '1.0.0',
  inputs: { ...SHARED, diabetes: HAS_DIABETES },
}

/** NGSP per cent to IFCC mmol/mol by the master equation (10.1373/clinchem.2003.024802), solved for IFCC. */
const HBA1C_FROM_NGSP: DerivedRule = {
  from: 'derived',
  by: 'IFCC = (NGSP - 2.152) / 0.09148',
  unit: 'mmol/mol',
  of: { ngsp: laboratory(['4548-4'], '%', 'P1Y') },
  compute: ({ ngsp }) => (Number(ngsp) - 2.152) / 0.09148,
}

const HBA1C: EitherRule = { from: 'either', rules: [laboratory(['59261-8'], 'mmol/mol', 'P1Y'), HBA1C_FROM_NGSP] }

/** For type 2 diabetes: without its onset on record there is no age at diagnosis. */
export const SCORE2_DIABETES_MAPPING: InputMapping = {
  model: 'cvd.score2-diabetes-2023',
  version: '1.0.0',
  inputs: {
    ...SHARED,
    ageAtDiabetesDx: { from: 'age-at-onset', category: 'conditions', conditions: TYPE_2_DIABETES },
    hba1c_mmolmol: HBA1C,
    egfr: GLOMERULAR_FILTRATION,
  },
}
