/** Kidney function, body size and organs (cards: src/models/library/renal-ckdepi2021-cockcroftgault, body-anthropometry). */
import { AGE, creatinine, height, SEX, weight } from './common-rules.js'
import type { InputMapping } from './mapping.js'

/** Without a weight there is no creatinine clearance, and still an eGFR. */
export const RENAL_FUNCTION_MAPPING: InputMapping = {
  model: 'renal.ckdepi2021+cockcroftgault',
  version: '1.0.0',
  inputs: {
    creatinine_mgdL: creatinine('mg/dL'),
    age: AGE,
    sex: SEX,
    weight_kg: { from: 'optional', rule: weight('P1Y') },
  },
}

export const ANTHROPOMETRY_MAPPING: InputMapping = {
  model: 'body.anthropometry',
  version: '1.0.0',
  inputs: { sex: SEX, height_cm: height('cm'), weight_kg: weight('P1Y') },
}
