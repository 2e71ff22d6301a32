#!/usr/bin/env node
/** `twin-ledger`: one command a file in src/cli. Exit code 0: done; 1: refused, or something is wrong with what was checked; 2: used wrongly. */
import { Command, CommanderError } from 'commander'
import { TwinLedgerError } from './platform/errors.js'
import { softwareVersion } from './platform/software-version.js'

const program = new Command('twin-ledger')
  .description('The ledger for healthcare digital twins.')
  .version(softwareVersion())
  .showHelpAfterError()
  .exitOverride()

/** Where each command is declared. Only the one asked for is loaded: each brings a part of the service along. */
const DECLARED_IN: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  token: async () => (await import('./cli/token.js')).addTokenCommand,
  password: async () => (await import('./cli/password.js')).addPasswordCommand,
  attest: async () => (await import('./cli/sign.js')).addAttestCommand,
  sign: async () => (await import('./cli/sign.js')).addSignCommand,
  import: async () => (await import('./cli/import.js')).addImportCommand,
  keys: async () => (await import('./cli/keys.js')).addKeysCommands,
  generate: async () => (await import('./cli/generate.js')).addGenerateCommand,
  log: async () => (await import('./cli/log.js')).addLogCommands,
  model: async () => (await import('./cli/model/index.js')).addModelCommands,
  body: async () => (await import('./cli/body.js')).addBodyCommands,
  config: async () => (await import('./cli/config.js')).addConfigCommand,
  worker: async () => (await import('./cli/worker.js')).addWorkerCommand,
  witness: async () => (await import('./cli/witness.js')).addWitnessCommands,
}

const asked = process.argv[2] ?? ''
const declared = Object.hasOwn(DECLARED_IN, asked) ? [DECLARED_IN[asked]!] : Object.values(DECLARED_IN)
for (const declaration of declared) (await declaration())(program)

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
