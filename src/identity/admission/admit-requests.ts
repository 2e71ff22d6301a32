import type { Request, RequestHandler, Response } from 'express'
import { countedAddress } from '../../platform/http/caller-address.js'
import type { TokenBuckets } from '../../platform/http/token-buckets.js'
import { TooManyRequests, TwinLedgerError } from '../../platform/errors.js'
import { currentCorrelation } from '../../platform/request-context.js'
import type { AuthenticateCaller } from '../authenticate-caller.js'
import { ACTING_ROLE_HEADER } from '../acting-role.js'
import { bearerChallenge } from '../bearer.js'
import type { Caller } from '../caller.js'
import type { CallerRequest } from '../current-caller.js'
import { recordRefusal, type RefusalRecorder } from '../refusal-recorder.js'
import { tokenRefused } from '../token-refusals.js'

/** A refusal that the guard will record with its action is worth reading so much of a stranger's body. */
export const STRANGERS_BODY_BYTES = 16 * 1024

/** Asked by whoever watches the service, which must never look dead because somebody else is loud. */
const NEVER_COUNTED = /^\/health(\/|$)/

export interface AdmissionOptions {
  authenticate: AuthenticateCaller
  refusals: RefusalRecorder
  /** Undefined: no limit. */
  perCaller: TokenBuckets | undefined
  /** For whoever shows no valid token. Undefined: no limit. */
  perAddress: TokenBuckets | undefined
  /** Told of each request refused for its rate. */
  onLimited?: (kind: 'caller' | 'address') => void
}

type Authentication = { caller: Caller } | { refusal: TwinLedgerError }

/**
 * Express middleware that stands before every body parser: counts the request, by the actor of a verified token and else by address,
 * and refuses a body of a caller it does not know before it is read.
 *
 * Answers carry `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10), a 429 also `Retry-After` (RFC 9110 §10.2.3).
 */
export function admitRequests(options: AdmissionOptions): RequestHandler {
  return (request, response, next) => {
    if (NEVER_COUNTED.test(request.path)) return next()
    admit(options, request, response).then(
      () => next(),
      (refusal: unknown) => {
        // What is left of the body is not waited for.
        if (bodyBytes(request) > 0) response.setHeader('Connection', 'close')
        next(refusal)
      },
    )
  }
}

/** @throws TooManyRequests, or the refusal of the token when a body would have to be read */
async function admit(options: AdmissionOptions, request: Request, response: Response): Promise<void> {
  const authentication = await authenticated(options.authenticate, request)
  count(options, authentication, request, response)
  const bytes = bodyBytes(request)
  if ('refusal' in authentication) {
    if (bytes > STRANGERS_BODY_BYTES) await refuse(options.refusals, authentication.refusal, response)
    return
  }
  // Reading a body takes time, in which access may end: whoever sends one is asked about once more.
  if (bytes === 0) (request as CallerRequest).admitted = authentication.caller
}

async function authenticated(authenticate: AuthenticateCaller, { headers }: Request): Promise<Authentication> {
  if (headers.authorization === undefined) return { refusal: tokenRefused('token-missing') }
  try {
    const asked = headers[ACTING_ROLE_HEADER]
    return { caller: await authenticate(headers.authorization, typeof asked === 'string' ? asked : undefined) }
  } catch (failure) {
    if (failure instanceof TwinLedgerError) return { refusal: failure }
    throw failure
  }
}

function count(options: AdmissionOptions, authentication: Authentication, request: Request, response: Response): void {
  const kind = 'caller' in authentication ? 'caller' : 'address'
  const buckets = kind === 'caller' ? options.perCaller : options.perAddress
  if (buckets === undefined) return
  const key = 'caller' in authentication ? authentication.caller.id : countedAddress(request.ip)
  const { allowed, remaining, resetSeconds, retryAfterSeconds } = buckets.take(key)
  response.setHeader('RateLimit-Policy', `"${kind}";q=${buckets.quota};w=${buckets.windowSeconds}`)
  response.setHeader('RateLimit', `"${kind}";r=${remaining};t=${resetSeconds}`)
  if (allowed) return
  response.setHeader('Retry-After', String(retryAfterSeconds))
  options.onLimited?.(kind)
  throw new TooManyRequests()
}

async function refuse(refusals: RefusalRecorder, refusal: TwinLedgerError, response: Response): Promise<never> {
  await recordRefusal(refusals, { code: refusal.code, correlation: currentCorrelation() })
  const challenge = bearerChallenge(refusal)
  if (challenge !== undefined) response.setHeader('WWW-Authenticate', challenge)
  throw refusal
}

/** How long the sender says the body is; infinite when it comes in chunks (RFC 9112 §6.3). */
function bodyBytes({ headers }: Request): number {
  if (headers['transfer-encoding'] !== undefined) return Infinity
  return Number(headers['content-length'] ?? 0)
}
