import { createHmac } from 'node:crypto'
import { type OpenTicket } from './grants.js'
import type { PurposeOfUse } from './purposes.js'
import { type Role } from './roles.js'

/** Who is calling, as the ledger knows them: no name, no e-mail, no issuer's own user id. */
export interface Caller {
  /** Pseudonymous actor id, a UUID (see `pseudonymousActorId`). */
  readonly id: string
  /** The role this request acts in; the only one that decisions look at. */
  readonly role: Role
  /** Every role the person holds by a grant in force; the acting role counts only when it is one of them. */
  readonly roles: readonly Role[]
  readonly org?: string
  readonly site?: string
  /** Random ids of the trials the caller works on. */
  readonly trials?: readonly string[]
  /** v3-ActReason codes the grant is limited to; absent: any. */
  readonly purposes?: readonly string[]
  /** What this request is made for, where it says so (header `Purpose-Of-Use`). */
  readonly purpose?: PurposeOfUse
  /** True for a program, which never signs or decides. */
  readonly service?: boolean
  /** Subjects whose record is open to the caller in an emergency. */
  readonly emergencies?: readonly string[]
  /** Twins whose identity is open to the caller by ticket. */
  readonly tickets?: readonly OpenTicket[]
  /** A participant's own subject id (claim `twin_subject`). */
  readonly subject?: string
  /** The token's `jti`, or a digest of the token when the issuer sets none. Never the token. */
  readonly tokenId: string
  /** When the person signed in (`auth_time`), else when the token was issued (`iat`). RFC 3339, UTC. */
  readonly authenticatedAt: string
  /** How the person proved who they are, when the token says both how and when; never guessed from the token's age. */
  readonly authentication?: PersonAuthentication
  /** A token that a program got for itself (RFC 9068 §2.2: `sub` is the client's id): nobody was there to authenticate. */
  readonly machine?: boolean
}

/** What RFC 9470 calls step-up is judged by this. */
export interface PersonAuthentication {
  /** Authentication context class reference (claim `acr`). */
  readonly acr: string
  /** RFC 3339, UTC, whole seconds (claim `auth_time`). */
  readonly at: string
  /** The value the client sent along with the request to authenticate, where the issuer repeats it. */
  readonly nonce?: string
}

/** Below this, a secret could be guessed and every actor id be tied to its person. */
const MINIMUM_SECRET_BYTES = 32

/**
 * The stable, pseudonymous id of a person: HMAC-SHA-256 over issuer and subject under a secret of this service, cut to
 * 122 bits and written as a UUIDv8 (RFC 9562 §5.8). Without the secret nobody can go from a known account to its id.
 *
 * @param secret at least 32 bytes; changing it changes every id
 * @param issuer the token's `iss`
 * @param subject the token's `sub`
 * @throws RangeError when the secret is too short
 */
export function pseudonymousActorId(secret: Uint8Array, issuer: string, subject: string): string {
  if (secret.byteLength < MINIMUM_SECRET_BYTES) {
    throw new RangeError(`The secret behind actor ids needs at least ${MINIMUM_SECRET_BYTES} bytes.`)
  }
  // A JSON array keeps ("ab", "c") and ("a", "bc") apart.
  const digest = createHmac('sha256', secret)
    .update(JSON.stringify([issuer, subject]))
    .digest()
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x80, 6)
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = digest.toString('hex', 0, 16)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
