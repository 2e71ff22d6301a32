/** Whether a data permit covers a use of one person's data. Pure. */
import type { PermitRefusalCode, Purpose, Use } from '../consents/events.js'
import type { PermittedPurpose } from './codes.js'
import type { PermitTerms } from './events.js'
import { standingOf, type PermitState } from './permit.js'

/** What is asked of a permit. */
export interface AskedOfPermit {
  use: Use
  /** Organisation of whoever asks. */
  user: string | undefined
  /** Controllers of the twins concerned; `any`: not known yet, their persons are asked for one by one. */
  holders: readonly string[] | 'any'
}

/** The purpose of Art 53(1) that a purpose of use comes under, where there is one: the law has purposes that no run here is for. */
const COMES_UNDER: Readonly<Partial<Record<Purpose, PermittedPurpose>>> = {
  PUBHLTH: 'public-or-occupational-health',
  HRESCH: 'scientific-research',
  HQUALIMP: 'improving-care',
}

/**
 * Everything about the use that lies outside of the permit; empty when it is covered. A permit that is not in force covers nothing,
 * and then that alone is said.
 *
 * @param clock RFC 3339, UTC, milliseconds
 */
export function permitGaps(state: PermitState, asked: AskedOfPermit, clock: string): PermitRefusalCode[] {
  const standing = standingOf(state, clock)
  if (standing === 'revoked' || standing === 'expired') return [`permit-${standing}`]
  if (standing !== 'in-force') return ['permit-not-in-force']
  return gapsOf(state.terms!, asked)
}

function gapsOf(terms: PermitTerms, { use, user, holders }: AskedOfPermit): PermitRefusalCode[] {
  const { purpose, model, trial, dataCategories = [] } = use
  const gaps: PermitRefusalCode[] = []
  if (user !== terms.user) gaps.push('permit-user-differs')
  if (holders !== 'any' && !holders.includes(terms.holder)) gaps.push('permit-holder-differs')
  const comesUnder = COMES_UNDER[purpose]
  if (comesUnder === undefined || !terms.purposes.includes(comesUnder)) gaps.push('purpose-not-covered')
  if (model !== undefined && !coversModel(terms, model)) gaps.push('model-class-not-covered')
  // Whoever takes part in a trial agreed to it by name; a permit is no way around that.
  if (trial !== undefined) gaps.push('trial-not-covered')
  if (dataCategories.some((category) => !terms.dataCategories.includes(category)))
    gaps.push('data-category-not-covered')
  return gaps
}

/** The class of a model is the part of its id before the first dot. */
function coversModel({ models }: PermitTerms, model: string): boolean {
  return models === 'any' || models.includes(model) || models.includes(model.split('.')[0]!)
}
