import type { NextFunction, Request, Response } from 'express'
import type { Log } from '../logging/log.js'
import { correlationFrom, runInRequestContext } from '../request-context.js'

export const CORRELATION_HEADER = 'X-Correlation-Id'

/** What is known of a request once it was answered. */
export interface AnsweredRequest {
  method: string
  /** Pattern of the route (`/api/v1/twins/:id`), never the URL itself: that one names people. */
  route: string
  status: number
  durationMs: number
}

/**
 * Opens the request context (the caller's `X-Correlation-Id` when it is a UUID, else a new one, echoed in the answer)
 * and reports each answered request. Bodies, queries and headers are left alone.
 */
export function requestLogging(log: Log, report: (answered: AnsweredRequest) => void = () => {}) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const correlation = correlationFrom(request.headers[CORRELATION_HEADER.toLowerCase()])
    const start = performance.now()
    response.setHeader(CORRELATION_HEADER, correlation)
    runInRequestContext({ correlation }, () => {
      response.once('close', () => {
        const answered: AnsweredRequest = {
          method: request.method,
          route: routePattern(request),
          status: response.statusCode,
          durationMs: Math.round((performance.now() - start) * 10) / 10,
        }
        const aborted = response.writableFinished ? {} : { aborted: true }
        // The close event may come from outside this request's asynchronous context.
        log.info('Answered a request.', { correlation, ...answered, ...aborted })
        report(answered)
      })
      next()
    })
  }
}

function routePattern(request: Request): string {
  const { path } = (request.route ?? {}) as { path?: unknown }
  return typeof path === 'string' ? request.baseUrl + path : 'unmatched'
}
