/** `npm start`: reads the configuration, starts the service, says where it is, and stops in order when asked. */
import { startService } from './service.js'
import { startBanner } from './start-banner.js'
import { loadDefinitions } from './interop/fhir/validate-resource.js'
import { readConfiguration } from './platform/configuration.js'
import { ConfigurationError, TwinLedgerError } from './platform/errors.js'
import { Shutdown } from './platform/shutdown.js'
import { JsonLogger } from './platform/logging/logger.js'

let shutdown: Shutdown | undefined
try {
  const { configuration, warnings } = readConfiguration()
  const logger = new JsonLogger(configuration.logLevel)
  for (const warning of warnings) logger.warn(warning)
  shutdown = new Shutdown({ log: logger })
  shutdown.listen()
  const starting = startService(configuration, logger, shutdown)
  // While the database starts: the first bundle shall not wait for the definitions of FHIR.
  loadDefinitions()
  await starting
  process.stdout.write(startBanner(configuration))
} catch (error) {
  // A start that was told to stop has not failed: the stop under way ends the process.
  if (!shutdown?.asked) fail(error)
}

function fail(error: unknown): never {
  const message =
    error instanceof TwinLedgerError ? error.message : error instanceof Error ? error.stack : String(error)
  const hint = error instanceof ConfigurationError ? 'The configuration is wrong:\n' : 'Twin Ledger did not start:\n'
  process.stderr.write(`${hint}${message}\n`)
  process.exit(1)
}
