import { type RefusalRecorder } from './refusal-recorder.js'
import { type RevocationList } from './revocation-list.js'
import { type GrantRegister } from './grants.js'
import { type ClaimNames } from './read-caller.js'
import { type VerifyAccessToken } from './verify-access-token.js'

/** Injection tokens of the ports. */
export const IDENTITY_OPTIONS = Symbol('twin-ledger:identity-options')
export const AUTHENTICATE_CALLER = Symbol('twin-ledger:authenticate-caller')
export const REVOCATION_LIST = Symbol('twin-ledger:revocation-list')
/** ActorIdOf. */
export const ACTOR_ID_OF = Symbol('twin-ledger:actor-id-of')
export const REFUSAL_RECORDER = Symbol('twin-ledger:refusal-recorder')

/** The pseudonymous actor id of an account of the issuer, by its `sub`. */
export type ActorIdOf = (sub: string) => string

export interface IdentityOptions {
  /** The `iss` of the tokens that `verify` takes. */
  issuer: string
  /** From `createAccessTokenVerifier`. */
  verify: VerifyAccessToken
  /** At least 32 bytes, kept for the life of the ledger; the key of the pseudonymous actor ids. */
  actorSecret: Uint8Array
  claimNames?: ClaimNames
  /** Who holds which role; without a grant a token gives nothing. */
  grants: GrantRegister
  /** Default: in memory, empty. */
  revocations?: RevocationList
  /** Default: keeps nothing. */
  refusals?: RefusalRecorder
  /** The request's correlation id, as the HTTP layer sets it. Default: a fresh UUID. */
  correlationOf?: (request: object) => string
}
