/** SORT and P-POSSUM: the plan and the clinician's judgement are stated (cards: src/models/library/surgery-*). */
import { MALIGNANCY } from './clinical-codes.js'
import { AGE, HEART_RATE, laboratory, STATED, SYSTOLIC, vitalSign } from './common-rules.js'
import type { InputMapping } from './mapping.js'

export const SORT_MAPPING: InputMapping = {
  model: 'surgery.sort',
  version: '1.0.0',
  inputs: {
    age: AGE,
    asa: STATED,
    urgency: STATED,
    specialty: STATED,
    severity: STATED,
    malignancy: { from: 'history', category: 'conditions', conditions: MALIGNANCY, which: { within: 'P5Y' } },
  },
}

/** g/mol of urea */
const UREA = 60.06

/** Measurements are those of the day of surgery and of the week before it. */
export const P_POSSUM_MAPPING: InputMapping = {
  model: 'surgery.p-possum',
  version: '1.0.0',
  inputs: {
    age: AGE,
    cardiac: STATED,
    resp: STATED,
    ecg: STATED,
    sbp: vitalSign(SYSTOLIC, 'mm[Hg]', 'P1D'),
    pulse: vitalSign(HEART_RATE, '/min', 'P1D'),
    gcs: { from: 'either', rules: [vitalSign('9269-2', '{score}', 'P1D'), STATED] },
    hb_gL: laboratory(['718-7'], 'g/L', 'P7D'),
    wcc: laboratory(['6690-2'], '10*9/L', 'P7D'),
    urea: laboratory(['22664-7'], 'mmol/L', 'P7D', UREA),
    na: laboratory(['2951-2'], 'mmol/L', 'P7D'),
    k: laboratory(['2823-3'], 'mmol/L', 'P7D'),
    op: STATED,
  },
}
