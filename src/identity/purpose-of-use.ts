/** What a request is made for (GDPR Art 5(1)(b)): what it declares, within what the role and the grant are for. Pure. */
import { InvalidRequest } from '../platform/errors.js'
import type { Caller } from './caller.js'
import { purposesOfRole } from './policy.js'
import { PURPOSES_OF_USE, type PurposeOfUse } from './purposes.js'

/** The request header in which a caller says what this request is made for. */
export const PURPOSE_OF_USE_HEADER = 'purpose-of-use'

/**
 * @param declared value of the header `Purpose-Of-Use`
 * @throws InvalidRequest `purpose-of-use-invalid`: it is none of the codes
 */
export function readPurpose(declared: string | undefined): PurposeOfUse | undefined {
  if (declared === undefined) return undefined
  const purpose = PURPOSES_OF_USE.find((code) => code === declared)
  if (purpose === undefined)
    throw new InvalidRequest('purpose-of-use-invalid', 'Purpose-Of-Use takes a code of v3-ActReason.', {
      purposes: PURPOSES_OF_USE,
    })
  return purpose
}

/** All that the caller may use data for: what the role is for, as far as the grant goes. The first is meant when nothing is said. */
export function purposesOf({ role, purposes }: Pick<Caller, 'role' | 'purposes'>): readonly PurposeOfUse[] {
  return purposesOfRole(role).filter((purpose) => purposes?.includes(purpose) !== false)
}

/** What this request may be for: the one purpose that it declares, or any of the caller's. */
export function purposesOfRequest(caller: Caller): readonly PurposeOfUse[] {
  const all = purposesOf(caller)
  return caller.purpose === undefined ? all : all.filter((purpose) => purpose === caller.purpose)
}

/** What a reading is for when the request does not say: of somebody's record at large, and of what belongs to a trial. */
export interface ReadingPurpose {
  atLarge: string
  inTrial: string
}

/** Undefined for whoever has no purpose left. Research on what belongs to a trial is the trial's: CLINTRCH is a kind of HRESCH. */
export function readingPurposeOf(caller: Caller): ReadingPurpose | undefined {
  const purposes = purposesOfRequest(caller)
  const [atLarge] = purposes
  if (atLarge === undefined) return undefined
  return { atLarge, inTrial: atLarge === 'HRESCH' && purposes.includes('CLINTRCH') ? 'CLINTRCH' : atLarge }
}
