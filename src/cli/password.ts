import type { Command } from 'commander'
import { readAccountPassword } from '../identity/evaluation-issuer/account-passwords.js'
import { readConfiguration } from '../platform/configuration.js'
import { evaluationFolder } from '../platform/data-folder.js'

export function addPasswordCommand(program: Command): void {
  program
    .command('password <account>')
    .description('print the password of an evaluation account, which is asked for before a signature')
    .action((account: string) => {
      const { configuration } = readConfiguration()
      process.stdout.write(`${readAccountPassword(evaluationFolder(configuration), account)}\n`)
    })
}
