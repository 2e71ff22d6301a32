/** What starting a statin or more blood pressure drugs would do (card: src/models/library/cvd-treatment-effect/card.ts). */
import { findModel } from '../../models/registry/find-model.js'
import { computedBy, ldlCholesterol, STATED, SYSTOLIC, vitalSign } from './common-rules.js'
import type { InputMapping } from './mapping.js'
import { PREVENT_MAPPING, TAKES_STATIN } from './prevent.js'
import { NotComputable, type DerivedRule } from './rules.js'

const prevent = findModel('cvd.prevent-2023')
const { statin: _statin, ...preventInputs } = PREVENT_MAPPING.inputs

/**
 * PREVENT's 10-year ASCVD risk. Its statin term is prognostic, not causal, and stays 0 for a statin that would be new;
 * whoever takes one already has no untreated risk to start from.
 */
const UNTREATED_RISK: DerivedRule = {
  from: 'derived',
  by: computedBy(prevent),
  unit: '1',
  of: { ...preventInputs, taken: TAKES_STATIN, statin: STATED },
  compute: ({ taken, statin, ...values }) => {
    if (taken === true && statin !== undefined) throw new NotComputable('not-applicable', 'no statin taken yet')
    return (prevent.evaluate({ ...values, statin: taken }) as { y10: { ascvd: number } }).y10.ascvd
  },
}

export const TREATMENT_EFFECT_MAPPING: InputMapping = {
  model: 'cvd.treatment-effect',
  version: '1.0.0',
  inputs: {
    ascvd10: UNTREATED_RISK,
    ldl_mmolL: ldlCholesterol('mmol/L'),
    statin: STATED,
    dose_mg: STATED,
    sbp_mmHg: vitalSign(SYSTOLIC, 'mm[Hg]', 'P1Y'),
    bpDrugs: STATED,
    halfDose: { from: 'parameter', default: false },
  },
}
