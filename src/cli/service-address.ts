/** Where the service is that a command talks to, and with which token. */
import type { Command } from 'commander'
import { requestEvaluationToken } from '../identity/evaluation-issuer/request-evaluation-token.js'
import { readConfiguration, type Configuration } from '../platform/configuration.js'
import { evaluationFolder } from '../platform/data-folder.js'

export interface ServiceOptions {
  url?: string
  token?: string
  account?: string
}

/** Adds `--url`, `--token` and `--account` to a command. */
export function addServiceOptions(command: Command, account: string): Command {
  return command
    .option('--url <url>', 'the service (default: as configured here)')
    .option('--token <token>', 'access token (default: TWIN_LEDGER_TOKEN, or one of the evaluation account)')
    .option('--account <name>', 'evaluation account to act as', account)
}

export function serviceUrl({ url }: ServiceOptions, configuration = readConfiguration().configuration): string {
  return (url ?? configuration.publicUrl).replace(/\/+$/, '')
}

/** The token given, the one in the environment, or in evaluation mode a fresh one of the account. */
export async function serviceToken(options: ServiceOptions): Promise<string> {
  const given = options.token ?? process.env.TWIN_LEDGER_TOKEN
  if (given) return given
  const { configuration } = readConfiguration()
  return evaluationToken(configuration, serviceUrl(options, configuration), options.account!)
}

export function evaluationToken(configuration: Configuration, url: string, account: string): Promise<string> {
  return requestEvaluationToken({ issuerUrl: `${url}/oidc`, dataDirectory: evaluationFolder(configuration), account })
}
