import { isUtf8 } from 'node:buffer'
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express'
import { TwinLedgerError } from '../errors.js'

/** The body cannot be read; nothing of it was looked at. */
export class UnreadableBody extends TwinLedgerError {
  constructor(
    readonly status: 400 | 413 | 415,
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

const INCOMPLETE = [400, 'request-incomplete', 'The request ended before its body was complete.'] as const
const ENCODING = [415, 'unsupported-encoding', 'The encoding of the body is not supported; send UTF-8.'] as const
const COMPRESSION = [400, 'malformed-encoding', 'The compressed body cannot be read.'] as const

/** By the `type` of body-parser's errors (its README, "Errors") or the `code` of zlib's. */
const REASONS: Readonly<Record<string, readonly [400 | 413 | 415, string, string]>> = {
  'entity.too.large': [413, 'request-too-large', 'The request body is larger than allowed.'],
  'entity.parse.failed': [400, 'malformed-json', 'The request body is not valid JSON.'],
  'entity.verify.failed': [400, 'malformed-json', 'The request body is not valid UTF-8.'],
  'encoding.unsupported': ENCODING,
  'charset.unsupported': ENCODING,
  'request.aborted': INCOMPLETE,
  'request.size.invalid': INCOMPLETE,
  Z_DATA_ERROR: COMPRESSION,
  Z_BUF_ERROR: COMPRESSION,
}

/**
 * Parses JSON bodies, FHIR's media type included, up to `limitBytes` after decompression. What cannot be read is refused
 * with a code of its own; the parser's messages, which quote the body, go no further.
 */
export function parseJsonBodies(limitBytes: number): RequestHandler {
  const parse = express.json({
    limit: limitBytes,
    type: ['application/json', 'application/*+json'],
    verify: (_request, _response, body) => {
      if (!isUtf8(body)) throw new Error('not UTF-8')
    },
  })
  return (request: Request, response: Response, next: NextFunction) =>
    parse(request, response, (error?: unknown) => next(error === undefined ? undefined : unreadableBody(error)))
}

/** What an error of a body parser means, as an UnreadableBody; any other error as it is. */
export function unreadableBody(error: unknown): unknown {
  const { type, code } = error as { type?: string; code?: string }
  const reason = REASONS[type ?? ''] ?? REASONS[code ?? '']
  return reason ? new UnreadableBody(...reason) : error
}
