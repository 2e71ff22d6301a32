/** `npm start`: reads the configuration, starts the service, says where it is, and stops in order when asked. */
import { startService } from './service.js'
import { startBanner } from './start-banner.js'
import { readConfiguration } from './platform/configuration.js'
import { ConfigurationError, TwinLedgerError } from './platform/errors.js'
import { JsonLogger } from './platform/logging/logger.js'

try {
  const { configuration, warnings } = readConfiguration()
  const logger = new JsonLogger(configuration.logLevel)
  for (const warning of warnings) logger.warn(warning)
  const { shutdown } = await startService(configuration, logger)
  shutdown.listen()
  process.stdout.write(startBanner(configuration))
} catch (error) {
  const message =
    error instanceof TwinLedgerError ? error.message : error instanceof Error ? error.stack : String(error)
  const hint = error instanceof ConfigurationError ? 'The configuration is wrong:\n' : 'Twin Ledger did not start:\n'
  process.stderr.write(`${hint}${message}\n`)
  process.exit(1)
}
