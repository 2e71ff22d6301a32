/** The service as one thing that starts and stops: database, issuer, application, in the order that loses nothing. */
import { join } from 'node:path'
import { NestFactory } from '@nestjs/core'
import { CommandBus } from '@nestjs/cqrs'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { AppModule } from './app.module.js'
import { installConsole } from './console.js'
import { DemoActors } from './evaluation/seed/demo-actors.js'
import { SeedingProgress } from './evaluation/seed/seeding-progress.js'
import { seedEvaluation } from './evaluation/seed/seed-evaluation.js'
import { glbBody, MESH_PATH } from './body/glb-body.js'
import { openAdmission } from './identity/admission/open-admission.js'
import { assertEveryRouteHasAPolicy } from './identity/assert-every-route-has-a-policy.js'
import { fhirBody } from './interop/fhir/fhir-body.js'
import { answerFhirErrors } from './interop/fhir/fhir-exception.filter.js'
import { asService } from './journal/service-actor.js'
import { installApiDocumentation } from './openapi.js'
import { RecordConfiguration } from './operations/configuration/commands/record-configuration.js'
import { RecordRestorations } from './operations/restorations/commands/record-restorations.js'
import { openRoster } from './open-roster.js'
import { evaluationIssuerUrl, openAuthentication, type Authentication } from './authentication.js'
import type { Configuration } from './platform/configuration.js'
import { openDatabase } from './platform/database/open-database.js'
import { HealthRegistry } from './platform/health/health-registry.js'
import { prepareHttp } from './platform/http/prepare-http.js'
import { securityHeaders } from './platform/http/security-headers.js'
import { limitWaiting } from './platform/http/server-timeouts.js'
import { JsonLogger } from './platform/logging/logger.js'
import { Shutdown } from './platform/shutdown.js'
import { runFolder } from './platform/data-folder.js'

const FHIR_PATH = '/fhir/R4'

export interface RunningService {
  app: NestExpressApplication
  shutdown: Shutdown
  url: string
}

/**
 * Starts everything and listens.
 *
 * @throws ConfigurationError, Unavailable `database-unreachable`, IntegrityError; whatever was started is stopped again
 */
export async function startService(
  configuration: Configuration,
  logger = new JsonLogger(configuration.logLevel),
  shutdown = new Shutdown({ log: logger }),
): Promise<RunningService> {
  try {
    const opening = openDatabase(configuration, logger)
    // Registered before it is open: a stop asked for meanwhile waits for it and leaves no database running.
    shutdown.onPhase('stop-database', 'database', () =>
      opening.then(
        (opened) => opened.close(),
        () => undefined,
      ),
    )
    const database = await opening
    const authentication = await openAuthentication(configuration)
    const app = await NestFactory.create<NestExpressApplication>(
      AppModule.register({ configuration, logger, shutdown, serviceUrl: database.serviceUrl, authentication }),
      { bodyParser: false, logger, abortOnError: false },
    )
    shutdown.onPhase('stop-accepting', 'HTTP', () => {
      app.get(HealthRegistry).startDraining()
      return app.close()
    })
    openHttp(app, configuration, authentication)
    assertEveryRouteHasAPolicy(app)
    await app.init()
    await openRoster(app, configuration, authentication, logger)
    const commands = app.get(CommandBus, { strict: false })
    await commands.execute(new RecordConfiguration(asService(), 'service'))
    await commands.execute(new RecordRestorations(asService()))
    await app.listen(configuration.port, configuration.host)
    if (configuration.demo) await fillLedger(app, { configuration, authentication, logger, shutdown })
    return { app, shutdown, url: configuration.publicUrl }
  } catch (error) {
    await shutdown.run()
    throw error
  }
}

/** What every request passes before it reaches a controller. */
function openHttp(app: NestExpressApplication, configuration: Configuration, { issuer }: Authentication): void {
  app.set('trust proxy', [...configuration.trustedProxies])
  limitWaiting(app.getHttpServer(), configuration.requestTimeoutSeconds)
  const admission = openAdmission(app)
  app.use(securityHeaders(configuration.oidc?.console && new URL(configuration.oidc.issuer).origin))
  if (issuer) app.use('/oidc', admission, issuer.handler)
  prepareHttp(app, {
    admission,
    bodies: {
      [FHIR_PATH]: fhirBody(configuration.requestBodyLimitBytes),
      [MESH_PATH]: glbBody(configuration.requestBodyLimitBytes),
    },
  })
  app.use(FHIR_PATH, answerFhirErrors)
  installApiDocumentation(app)
  installConsole(app)
}

interface Filling {
  configuration: Configuration
  authentication: Authentication
  logger: JsonLogger
  shutdown: Shutdown
}

/** A stop that is asked for meanwhile ends the filling between two parts; the next start continues it. */
async function fillLedger(
  app: NestExpressApplication,
  { configuration, authentication: { issuer, actorSecret }, logger, shutdown }: Filling,
): Promise<void> {
  if (!issuer) return
  const stop = new AbortController()
  const progress = new SeedingProgress(join(runFolder(configuration), 'evaluation-seeding'), stop.signal)
  const actors = new DemoActors(issuer.accounts, evaluationIssuerUrl(configuration), actorSecret)
  const filling = seedEvaluation(app, actors, progress, logger)
  shutdown.onPhase('stop-accepting', 'evaluation data', () => {
    stop.abort()
    return filling.catch(() => undefined)
  })
  await filling
}
