import type { Command } from 'commander'
import { readConfiguration } from '../platform/configuration.js'
import { evaluationToken, serviceUrl } from './service-address.js'

export function addTokenCommand(program: Command): void {
  program
    .command('token <account>')
    .description('print an access token of an evaluation account, e.g. regulator')
    .option('--url <url>', 'the service (default: as configured here)')
    .action(async (account: string, options: { url?: string }) => {
      const { configuration } = readConfiguration()
      process.stdout.write(`${await evaluationToken(configuration, serviceUrl(options, configuration), account)}\n`)
    })
}
