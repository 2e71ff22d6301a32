import type { Command } from 'commander'
import { EVALUATION_ACR, readConfiguration } from '../platform/configuration.js'
import { stepUpToken } from './sign.js'
import { evaluationToken, serviceUrl } from './service-address.js'

export function addTokenCommand(program: Command): void {
  program
    .command('token <account>')
    .description('print an access token of an evaluation account, e.g. regulator')
    .option('--url <url>', 'the service (default: as configured here)')
    .option('--step-up', 'of a person who has just authenticated with all components, as a signature needs')
    .action(async (account: string, options: { url?: string; stepUp?: boolean }) => {
      const { configuration } = readConfiguration()
      const url = serviceUrl(options, configuration)
      const token = options.stepUp
        ? await stepUpToken(configuration, url, account, EVALUATION_ACR.allComponents)
        : await evaluationToken(configuration, url, account)
      process.stdout.write(`${token}\n`)
    })
}
