import type { Command } from 'commander'
import { readConfiguration } from '../platform/configuration.js'
import { JsonLogger } from '../platform/logging/logger.js'
import { Shutdown } from '../platform/shutdown.js'

export function addWorkerCommand(program: Command): void {
  program
    .command('worker')
    .description('run cohorts from the queue of the service configured here, without HTTP, until told to stop')
    .action(async () => {
      // Only here: it brings the whole service along, which no page of help needs.
      const { startWorker } = await import('../worker.js')
      const { configuration, warnings } = readConfiguration()
      const logger = new JsonLogger(configuration.logLevel)
      for (const warning of warnings) logger.warn(warning)
      const shutdown = new Shutdown({ log: logger })
      shutdown.listen()
      try {
        await startWorker(configuration, logger, shutdown)
      } catch (error) {
        // A start that was told to stop has not failed: the stop under way ends the process.
        if (!shutdown.asked) throw error
      }
    })
}
