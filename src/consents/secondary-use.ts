/** Which uses a person's opt-out from secondary use ends (EHDS, Regulation (EU) 2025/327, Art 71). Pure. */
import type { Purpose } from './codes.js'
import type { Use } from './scope.js'

/**
 * Purposes other than those for which the data are in our hands, with the purpose of Art 53(1) that each comes under: scientific
 * research (e), better care for others (f), public health (a).
 */
export const SECONDARY_PURPOSES: readonly Purpose[] = ['HRESCH', 'HQUALIMP', 'PUBHLTH']

/**
 * True for a use beyond care, administration of care and what the person asked for; and beyond the trials that they agreed to by
 * name: research for trials outside of any is planning or recruiting by other people's records.
 */
export function isSecondaryUse({ purpose, trial }: Pick<Use, 'purpose' | 'trial'>): boolean {
  return SECONDARY_PURPOSES.includes(purpose) || (purpose === 'CLINTRCH' && trial === undefined)
}

/** Whoever opted out is in no cohort, whatever it is for: what may still be done is asked of them one by one. */
export function isStoppedByOptOut(use: Use): boolean {
  return use.cohort !== undefined || isSecondaryUse(use)
}
