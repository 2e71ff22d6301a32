import { Unauthenticated, Unavailable } from '../platform/errors.js'

/**
 * Every way a token can be refused. The codes are stable; the messages tell what is wrong with the token and never
 * repeat any part of it.
 */
const MESSAGES = {
  'token-missing': 'This request needs an access token in the Authorization header (scheme Bearer).',
  'token-malformed': 'The access token is not a well-formed signed JWT with the claims this service needs.',
  'token-type-refused': 'The token is not an access token: its typ header is not one this service takes.',
  'token-expired': 'The access token has expired.',
  'token-not-yet-valid': 'The access token is not valid yet.',
  'token-issuer-wrong': 'The access token comes from another issuer.',
  'token-audience-wrong': 'The access token was issued for another service.',
  'token-signature-invalid': 'The signature of the access token does not verify.',
  'token-algorithm-refused': 'The signature algorithm of the access token is not allowed.',
  'token-key-unknown': 'The issuer publishes no key that matches the access token.',
  'token-subject-revoked': 'Access was revoked for the person this access token stands for.',
  'token-subject-locked': 'The account is locked after failed sign-ins. An administrator unlocks it.',
  'token-role-missing': 'The access token does not say in which known role the caller acts.',
  'token-claim-invalid':
    'A claim of the access token that names an organisation or a site is not a code of letters, digits and : _ -.',
} as const

export type TokenRefusalCode = keyof typeof MESSAGES

/** A 401 with one of the stable token codes. */
export function tokenRefused(code: TokenRefusalCode): Unauthenticated {
  return new Unauthenticated(code, MESSAGES[code])
}

/** A 503: the issuer's keys cannot be had, so no token can be judged. The token may be fine. */
export function issuerUnavailable(cause?: unknown): Unavailable {
  return new Unavailable(
    'issuer-unavailable',
    'The identity provider cannot be reached to verify the access token.',
    {},
    { cause },
  )
}
