/** Reading the body of a FHIR request as bytes, before any other parser sees it: the ledger's own checks come first. */
import express, { type RequestHandler, type Response } from 'express'
import { unreadableBody } from '../../platform/http/body-parsing.js'
import { problemOf } from '../../platform/http/problem-of.js'
import { sendOutcome } from './send-outcome.js'

/** Media types of FHIR JSON (https://hl7.org/fhir/R4/http.html#mime-type) and the general one. */
export const JSON_TYPES = ['application/fhir+json', 'application/json', 'application/json+fhir', 'text/json']

/**
 * Express middleware that leaves the bytes of a JSON body in `request.body` and answers a body that cannot be read with an
 * OperationOutcome. gzip and deflate are undone; the limit holds for what comes out.
 */
export function fhirBody(maxBytes: number): RequestHandler {
  const readBytes = express.raw({ type: JSON_TYPES, limit: maxBytes })
  return (request, response, next) => {
    readBytes(request, response, (error?: unknown) => {
      if (error === undefined) next()
      else answerUnreadable(error, response)
    })
  }
}

function answerUnreadable(error: unknown, response: Response): void {
  const problem = problemOf(unreadableBody(error)) ?? {
    status: 400,
    code: 'invalid-request',
    detail: 'The body cannot be read.',
  }
  sendOutcome(response, problem.status, [
    {
      severity: 'error',
      code: problem.status === 413 ? 'too-long' : 'structure',
      detail: problem.code,
      diagnostics: problem.detail,
    },
  ])
}
