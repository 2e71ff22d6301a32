/** A process that serves the queue of cohorts and nothing else: as many of them, on as many machines, as one likes. */
import { NestFactory } from '@nestjs/core'
import { CommandBus } from '@nestjs/cqrs'
import { AppModule } from './app.module.js'
import { openAuthentication } from './authentication.js'
import { asService } from './journal/service-actor.js'
import { RecordConfiguration } from './operations/configuration/commands/record-configuration.js'
import type { Configuration } from './platform/configuration.js'
import { openDatabase } from './platform/database/open-database.js'
import { JsonLogger } from './platform/logging/logger.js'
import { Shutdown } from './platform/shutdown.js'

/**
 * Starts working. It takes the configuration of the service whose queue it serves: the same database and the same keys.
 *
 * @throws ConfigurationError, Unavailable `database-unreachable`, IntegrityError; whatever was started is stopped again
 */
export async function startWorker(
  configuration: Configuration,
  logger = new JsonLogger(configuration.logLevel),
  shutdown = new Shutdown({ log: logger }),
): Promise<void> {
  try {
    const opening = openDatabase(configuration, logger)
    shutdown.onPhase('stop-database', 'database', () =>
      opening.then(
        (opened) => opened.close(),
        () => undefined,
      ),
    )
    const { serviceUrl } = await opening
    const authentication = await openAuthentication(configuration)
    const context = await NestFactory.createApplicationContext(
      AppModule.register({ configuration, logger, shutdown, serviceUrl, authentication, worksOnly: true }),
      { logger, abortOnError: false },
    )
    shutdown.onPhase('stop-accepting', 'application', () => context.close())
    await context.get(CommandBus, { strict: false }).execute(new RecordConfiguration(asService(), 'worker'))
    logger.info('Serving the queue of cohorts.', { slots: configuration.cohortSlots })
  } catch (error) {
    await shutdown.run()
    throw error
  }
}
