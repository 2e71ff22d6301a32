#!/usr/bin/env node
/** `twin-ledger`: one command a file in src/cli. Exit code 0: done; 1: refused, or something is wrong with what was checked; 2: used wrongly. */
import { Command, CommanderError } from 'commander'
import { addBodyCommands } from './cli/body.js'
import { addConfigCommand } from './cli/config.js'
import { addGenerateCommand } from './cli/generate.js'
import { addImportCommand } from './cli/import.js'
import { addKeysCommands } from './cli/keys.js'
import { addLogCommands } from './cli/log.js'
import { addModelCommands } from './cli/model/index.js'
import { addPasswordCommand } from './cli/password.js'
import { addSignCommands } from './cli/sign.js'
import { addTokenCommand } from './cli/token.js'
import { addWorkerCommand } from './cli/worker.js'
import { TwinLedgerError } from './platform/errors.js'
import { softwareVersion } from './platform/software-version.js'

const program = new Command('twin-ledger')
  .description('The ledger for healthcare digital twins.')
  .version(softwareVersion())
  .showHelpAfterError()
  .exitOverride()

addTokenCommand(program)
addPasswordCommand(program)
addSignCommands(program)
addImportCommand(program)
addKeysCommands(program)
addGenerateCommand(program)
addLogCommands(program)
addModelCommands(program)
addBodyCommands(program)
addConfigCommand(program)
addWorkerCommand(program)

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = report(error)
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (!(error instanceof TwinLedgerError)) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    return 1
  }
  const details = Object.keys(error.details).length > 0 ? ` ${JSON.stringify(error.details)}` : ''
  process.stderr.write(`${error.code}: ${error.message}${details}\n`)
  return 1
}
