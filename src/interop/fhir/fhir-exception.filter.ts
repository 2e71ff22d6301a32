import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common'
import type { ErrorRequestHandler, Response } from 'express'
import type { Problem } from '../../platform/http/problem-details.js'
import { problemOf } from '../../platform/http/problem-of.js'
import { JsonLogger } from '../../platform/logging/logger.js'
import { currentCorrelation } from '../../platform/request-context.js'
import { BundleRefused } from './bundle-refused.js'
import type { Issue } from './issue.js'
import { sendOutcome } from './send-outcome.js'

const INTERNAL: Problem = { status: 500, code: 'internal-error', detail: 'Something went wrong on our side.' }

/** FHIR issue types of the HTTP statuses that the ledger answers with. */
const ISSUE_CODES: Readonly<Record<number, Issue['code']>> = {
  400: 'invalid',
  401: 'login',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-supported',
  409: 'conflict',
  412: 'conflict',
  413: 'too-long',
  415: 'not-supported',
  422: 'business-rule',
  429: 'throttled',
  503: 'transient',
}

/** The same errors and codes as everywhere, in the form that FHIR clients read. */
@Catch()
export class FhirExceptionFilter implements ExceptionFilter {
  constructor(private readonly log: JsonLogger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>()
    const problem = problemOf(error) ?? INTERNAL
    if (problem.status >= 500) {
      this.log.error('A FHIR request failed.', { correlation: currentCorrelation(), code: problem.code, error })
    }
    sendOutcome(response, problem.status, [issueOf(problem), ...(error instanceof BundleRefused ? error.issues : [])])
  }
}

/** Express's way to the same answers, for requests that are refused before they reach a controller. */
export const answerFhirErrors: ErrorRequestHandler = (error, _request, response, next) => {
  const problem = problemOf(error)
  if (problem === undefined || response.headersSent) next(error)
  else sendOutcome(response, problem.status, [issueOf(problem)])
}

function issueOf({ status, code, detail }: Problem): Issue {
  return {
    severity: status >= 500 ? 'fatal' : 'error',
    code: ISSUE_CODES[status] ?? 'exception',
    detail: code,
    diagnostics: detail,
  }
}
