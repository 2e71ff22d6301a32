import { type TwinLedgerError } from '../platform/errors.js'
import { tokenRefused } from './token-refusals.js'

const REALM = 'twin-ledger'
/** `b64token` of RFC 6750 §2.1 after the case-insensitive scheme. */
const BEARER = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i
const BEARER_SCHEME = /^bearer(?: |$)/i

/**
 * Takes the token out of an Authorization header (RFC 6750 §2.1). Tokens in a query or a form body are never taken.
 *
 * @throws Unauthenticated `token-missing` without a Bearer header, `token-malformed` when it holds no single token
 */
export function bearerToken(authorization: string | undefined): string {
  if (authorization === undefined || !BEARER_SCHEME.test(authorization)) throw tokenRefused('token-missing')
  const token = BEARER.exec(authorization)?.[1]
  if (token === undefined) throw tokenRefused('token-malformed')
  return token
}

/**
 * The `WWW-Authenticate` value that goes with a refusal (RFC 6750 §3): bare when no token was sent, `invalid_token`
 * with 401, `insufficient_scope` with 403. Returns undefined when no challenge belongs to the answer.
 */
export function bearerChallenge(refusal: Pick<TwinLedgerError, 'code' | 'status' | 'message'>): string | undefined {
  if (refusal.status === 401 && refusal.code === 'token-missing') return `Bearer realm="${REALM}"`
  if (refusal.status === 401) return challenge('invalid_token', refusal.message)
  if (refusal.status === 403) return challenge('insufficient_scope', refusal.message)
  return undefined
}

function challenge(error: string, description: string): string {
  // §3: a description has neither quotes nor backslashes.
  return `Bearer realm="${REALM}", error="${error}", error_description="${description.replace(/["\\]/g, "'")}"`
}
