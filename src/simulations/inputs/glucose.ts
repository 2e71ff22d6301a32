/** Meals and insulin by Hovorka (card: src/models/library/glucose-hovorka-2004/card.ts). */
import { TYPE_1_DIABETES } from './clinical-codes.js'
import { STATED, weight } from './common-rules.js'
import type { InputMapping } from './mapping.js'

/** The glucose to start from must be of the last hours, which a day does not tell apart: it belongs to the scenario. */
export const HOVORKA_MAPPING: InputMapping = {
  model: 'glucose.hovorka-2004',
  version: '1.0.0',
  inputs: {
    weight_kg: weight('P180D'),
    startGlucose_mmolL: STATED,
    meals: STATED,
    boluses: STATED,
    paramOverrides: STATED,
    basalInfusion_mU_min: STATED,
    times_min: STATED,
  },
  requires: {
    type1Diabetes: { from: 'history', category: 'conditions', conditions: TYPE_1_DIABETES, which: 'current' },
  },
}
