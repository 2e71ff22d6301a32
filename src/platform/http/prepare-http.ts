import { ValidationPipe } from '@nestjs/common'
import type { NestExpressApplication } from '@nestjs/platform-express'
import type { RequestHandler } from 'express'
import { Registry } from 'prom-client'
import { Configuration } from '../configuration.js'
import { JsonLogger } from '../logging/logger.js'
import { requestDurations } from '../metrics/metrics.js'
import { parseJsonBodies } from './body-parsing.js'
import { VALIDATION } from './invalid-fields.js'
import { requestLogging } from './request-logging.middleware.js'

export interface HttpParts {
  admission?: RequestHandler
  bodies?: Record<string, RequestHandler>
}

/**
 * Dresses an application that imports PlatformModule, before `init` or `listen`. Create it with `bodyParser: false`:
 * the request context must open before a body is read, so that a refused body has its log line and correlation id too.
 *
 * @param admission stands before anything of a body is read
 * @param bodies paths whose bodies are read in a way of their own, before the general parser sees them
 */
export function prepareHttp(
  app: NestExpressApplication,
  { admission, bodies = {} }: HttpParts = {},
): NestExpressApplication {
  const logger = app.get(JsonLogger)
  app.useLogger(logger)
  app.disable('x-powered-by')
  // Our ETag is the revision of a record; a hash of the answer's bytes would be mistaken for it.
  app.set('etag', false)
  app.use(requestLogging(logger, requestDurations(app.get(Registry))))
  if (admission) app.use(admission)
  for (const [path, read] of Object.entries(bodies)) app.use(path, read)
  app.use(parseJsonBodies(app.get(Configuration).commandBodyLimitBytes))
  app.useGlobalPipes(new ValidationPipe(VALIDATION))
  return app
}
