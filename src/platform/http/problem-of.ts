import { HttpException } from '@nestjs/common'
import { TwinLedgerError } from '../errors.js'
import { invalidFields } from './invalid-fields.js'
import type { Problem } from './problem-details.js'

/** Refusals of the framework, by status. Their own messages may repeat the URL, so ours are used. */
const STATUS_PROBLEMS: Readonly<Record<number, Omit<Problem, 'status'>>> = {
  400: { code: 'invalid-request', detail: 'The request is not valid.' },
  401: { code: 'unauthenticated', detail: 'A valid access token is required.' },
  403: { code: 'forbidden', detail: 'This is not allowed.' },
  404: { code: 'not-found', detail: 'There is nothing at this address.' },
  405: { code: 'method-not-allowed', detail: 'This address does not take this method.' },
  406: { code: 'not-acceptable', detail: 'None of the media types accepted can be given.' },
  413: { code: 'request-too-large', detail: 'The request body is larger than allowed.' },
  415: { code: 'unsupported-media-type', detail: 'The media type of the body is not supported.' },
  429: { code: 'too-many-requests', detail: 'Too many requests; try again later.' },
  503: { code: 'unavailable', detail: 'The service is not ready; try again later.' },
}

/** The problem a thrown value means to the caller; undefined for an error nobody foresaw. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof TwinLedgerError) {
    return { status: error.status, code: error.code, detail: error.message, extensions: error.details }
  }
  const fields = invalidFields(error)
  if (fields) {
    return { status: 400, code: 'invalid-fields', detail: 'Some fields are missing or wrong.', extensions: { fields } }
  }
  return frameworkProblem(error)
}

function frameworkProblem(error: unknown): Problem | undefined {
  const status = error instanceof HttpException ? error.getStatus() : clientErrorStatus(error)
  if (status === undefined || status === 500) return undefined
  const known = STATUS_PROBLEMS[status]
  if (known) return { status, ...known }
  return status < 500 ? { status, code: 'request-refused', detail: 'The request was refused.' } : undefined
}

/** Middleware that is not Nest's marks a caller's mistake with `status` and `expose` (http-errors). */
function clientErrorStatus(error: unknown): number | undefined {
  const { status, expose } = (error ?? {}) as { status?: unknown; expose?: unknown }
  return typeof status === 'number' && status >= 400 && status < 500 && expose === true ? status : undefined
}
