import { actingRole } from './acting-role.js'
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

/** @param asked the role that the request asks to act in, where the token leaves it open */
export type AuthenticateCaller = (authorization: string | undefined, asked?: string) => Promise<Caller>

/**
 * Makes the function that turns an Authorization header into a caller: the token says who it is, the ledger what they may be.
 *
 * @returns a function that rejects with `Unauthenticated` (`token-…`), `Forbidden` (`role-not-chosen`) or `Unavailable`
 *   (`issuer-unavailable`)
 */
export function createAuthentication(options: AuthenticationOptions): AuthenticateCaller {
  return async (authorization, asked) => {
    const token = bearerToken(authorization)
    const claimed = readCaller(await options.verify(token), token, options.actorSecret, options.claimNames)
    if (options.revocations.isRevoked(claimed.id)) throw tokenRefused('token-subject-revoked')
    const standing = options.grants.standingOf(claimed.id, options.now?.() ?? new Date())
    if (standing.locked) throw tokenRefused('token-subject-locked')
    return entitle({ ...claimed, role: actingRole(claimed, standing.grants, asked) }, standing)
  }
}
