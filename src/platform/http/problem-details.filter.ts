import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common'
import type { Response } from 'express'
import type { Log } from '../logging/log.js'
import { currentCorrelation } from '../request-context.js'
import { problemDetails, type Problem } from './problem-details.js'
import { problemOf } from './problem-of.js'

const INTERNAL: Problem = {
  status: 500,
  code: 'internal-error',
  detail: 'Something went wrong on our side. Quote the instance when asking for help.',
}

/**
 * Answers every error as `application/problem+json` (RFC 9457). Errors nobody foresaw are logged, without the request,
 * and the caller learns the correlation id alone.
 */
@Catch()
export class ProblemDetailsFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>()
    const problem = problemOf(error) ?? INTERNAL
    const correlation = currentCorrelation()
    if (problem.status >= 500) this.log.error('A request failed.', { correlation, code: problem.code, error })
    if (response.headersSent) {
      // Half an answer was sent already: cutting it off is the only way left to say that it is not whole.
      response.destroy()
      return
    }
    if (problem.status === 401 && !response.hasHeader('WWW-Authenticate'))
      response.setHeader('WWW-Authenticate', 'Bearer')
    const body = problemDetails(problem, correlation)
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(body))
  }
}
