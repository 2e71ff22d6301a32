import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose'
import { ConfigurationError, TwinLedgerError } from '../platform/errors.js'
import { issuerUnavailable, tokenRefused } from './token-refusals.js'

export interface AccessTokenRules {
  issuer: string
  audience: string
  keys: JWTVerifyGetKey
  /** Signature algorithms taken; asymmetric ones only. */
  algorithms?: readonly string[]
  /** `typ` headers taken; RFC 9068 §4 says `at+jwt`. Some issuers write `JWT`. */
  types?: readonly string[]
  /** Seconds by which the two clocks may differ. */
  clockSkewSeconds?: number
  /** The current time; a parameter so that expiry can be tested. */
  now?: () => Date
}

/** A token that passed every check. */
export interface VerifiedAccessToken extends JWTPayload {
  iss: string
  sub: string
  iat: number
  exp: number
}

export type VerifyAccessToken = (token: string) => Promise<VerifiedAccessToken>

const DEFAULT_ALGORITHMS = [
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
  'EdDSA',
  'Ed25519',
]
const DEFAULT_TYPES = ['at+jwt']

/** Which code a wrong claim is reported under. */
const CLAIM_REFUSALS = {
  iss: 'token-issuer-wrong',
  aud: 'token-audience-wrong',
  nbf: 'token-not-yet-valid',
} as const

/**
 * Makes the verifier of OIDC access tokens in JWT form (RFC 9068 §4, RFC 8725): algorithm allow-list, signature under
 * the issuer's keys, type, issuer, audience, expiry, not-before and a subject.
 *
 * @returns a function that resolves with the token's claims, or rejects with `Unauthenticated` under a stable
 *   `token-…` code, or with `Unavailable` `issuer-unavailable` when the issuer's keys cannot be had
 * @throws ConfigurationError when the allow-list holds `none` or a symmetric algorithm
 */
export function createAccessTokenVerifier(rules: AccessTokenRules): VerifyAccessToken {
  const algorithms = [...(rules.algorithms ?? DEFAULT_ALGORITHMS)]
  assertAsymmetric(algorithms)
  const types = (rules.types ?? DEFAULT_TYPES).map(mediaType)

  return async (token) => {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, issuerKeys(rules.keys), {
        issuer: rules.issuer,
        audience: rules.audience,
        algorithms,
        clockTolerance: rules.clockSkewSeconds ?? 30,
        currentDate: rules.now?.(),
        requiredClaims: ['sub', 'iat', 'exp'],
      })
      if (protectedHeader.typ === undefined || !types.includes(mediaType(protectedHeader.typ))) {
        throw tokenRefused('token-type-refused')
      }
      if (typeof payload.sub !== 'string' || payload.sub === '') throw tokenRefused('token-malformed')
      return payload as VerifiedAccessToken
    } catch (failure) {
      throw refusalOf(failure)
    }
  }
}

/**
 * HS* would let anyone who knows the issuer's public key sign with it, and `none` lets everyone.
 * RFC 8725 §2.1 and §3.1.
 */
function assertAsymmetric(algorithms: readonly string[]): void {
  const refused = algorithms.filter((name) => !/^(?:(?:ES|PS|RS)(?:256|384|512)|EdDSA|Ed25519)$/.test(name))
  if (algorithms.length === 0 || refused.length > 0) {
    throw new ConfigurationError('The algorithms for access tokens must be asymmetric signatures.', { refused })
  }
}

/** RFC 7515 §4.1.9: a value without a slash is short for `application/…`. */
function mediaType(typ: string): string {
  const lower = typ.toLowerCase()
  return lower.includes('/') ? lower : `application/${lower}`
}

/** Tells a failure to get the keys from a failure of the token: whatever jose does not call a missing key is the issuer's. */
function issuerKeys(keys: JWTVerifyGetKey): JWTVerifyGetKey {
  return async (header, token) => {
    try {
      return await keys(header, token)
    } catch (failure) {
      const ofTheToken =
        failure instanceof errors.JWKSNoMatchingKey ||
        failure instanceof errors.JWKSMultipleMatchingKeys ||
        failure instanceof errors.JOSENotSupported
      if (ofTheToken) throw tokenRefused('token-key-unknown')
      throw failure instanceof TwinLedgerError ? failure : issuerUnavailable(failure)
    }
  }
}

function refusalOf(failure: unknown): TwinLedgerError {
  if (failure instanceof TwinLedgerError) return failure
  if (failure instanceof errors.JWTExpired) return tokenRefused('token-expired')
  if (failure instanceof errors.JOSEAlgNotAllowed) return tokenRefused('token-algorithm-refused')
  if (failure instanceof errors.JWSSignatureVerificationFailed) return tokenRefused('token-signature-invalid')
  if (failure instanceof errors.JWTClaimValidationFailed && failure.claim in CLAIM_REFUSALS) {
    return tokenRefused(CLAIM_REFUSALS[failure.claim as keyof typeof CLAIM_REFUSALS])
  }
  return tokenRefused('token-malformed')
}
