import { bearerToken } from './bearer.js'
import { type Caller } from './caller.js'
import { entitle } from './entitle-caller.js'
import { type GrantRegister } from './grants.js'
import { type ClaimNames, readCaller } from './read-caller.js'
import { type RevocationList } from './revocation-list.js'
import { tokenRefused } from './token-refusals.js'
import { type VerifyAccessToken } from './verify-access-token.js'

export interface AuthenticationOptions {
  verify: VerifyAccessToken
  /** At least 32 bytes; the key of the pseudonymous actor ids. */
  actorSecret: Uint8Array
  revocations: RevocationList
  grants: GrantRegister
  /** The current time; a parameter so that the end of a grant can be tested. */
  now?: () => Date
  claimNames?: ClaimNames
}

export type AuthenticateCaller = (authorization: string | undefined) => Promise<Caller>

/**
 * Makes the function that turns an Authorization header into a caller.
 *
 * @returns a function that rejects with `Unauthenticated` (`token-…`) or `Unavailable` (`issuer-unavailable`)
 */
export function createAuthentication(options: AuthenticationOptions): AuthenticateCaller {
  return async (authorization) => {
    const token = bearerToken(authorization)
    const caller = readCaller(await options.verify(token), token, options.actorSecret, options.claimNames)
    if (options.revocations.isRevoked(caller.id)) throw tokenRefused('token-subject-revoked')
    const standing = options.grants.standingOf(caller.id, options.now?.() ?? new Date())
    if (standing.locked) throw tokenRefused('token-subject-locked')
    return entitle(caller, standing)
  }
}
