import type { Coding } from '../facts.js'
import { LOINC, SNOMED_CT } from './observables.js'

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm'

/** How each terminology writes its codes: LOINC with a check digit, SNOMED CT identifiers of 6 to 18 digits, RxNorm's RXCUI. */
const FORMS: Readonly<Record<string, RegExp>> = {
  [LOINC]: /^\d{1,7}-\d$/,
  [SNOMED_CT]: /^\d{6,18}$/,
  [RXNORM]: /^\d{1,8}$/,
}

/**
 * The code as a finding may carry it in clear text: only one that LOINC, SNOMED CT or RxNorm could have issued. Where a sender
 * puts a code, anything may stand, a name as well.
 */
export function publicCode(coding: Coding | undefined): string | undefined {
  const form = coding && Object.hasOwn(FORMS, coding.system) ? FORMS[coding.system] : undefined
  return form?.test(coding!.code) ? coding!.code : undefined
}
