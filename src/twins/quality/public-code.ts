import type { Coding } from '../facts.js'
import { LOINC } from './observables.js'

/** A LOINC code: digits with a check digit. */
const FORM = /^\d{1,7}-\d$/

/**
 * The code as a finding may carry it in clear text, where it outlives the person's keys: only one that LOINC could have issued. LOINC
 * names the question, what was measured; SNOMED CT and RxNorm name the answer, a diagnosis or a drug, which stays with the sealed
 * fact that the finding is about. Where a sender puts a code, anything may stand, a name as well.
 */
export function publicCode(coding: Coding | undefined): string | undefined {
  return coding?.system === LOINC && FORM.test(coding.code) ? coding.code : undefined
}
