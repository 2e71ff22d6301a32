/** `twin-ledger witness`: anyone's own witness of this or any other C2SP log; it needs a key and a folder, and no database. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { cosignerFromKey, generateCosignerKey } from '../ledger/log/cosignature.js'
import { LastSeenStore } from '../ledger/log/last-seen.js'
import { errorCode } from '../ledger/log/system-error.js'
import { Witness } from '../ledger/witness/witness.js'
import { startWitnessServer } from '../ledger/witness/witness-server.js'
import { makeFolderDurably } from '../platform/durable-file.js'
import { ConfigurationError } from '../platform/errors.js'
import { withFileLock } from '../platform/file-lock.js'
import { JsonLogger } from '../platform/logging/logger.js'
import { readSecretFile } from '../platform/secret-file.js'
import { Shutdown } from '../platform/shutdown.js'

interface KeyOptions {
  name: string
  out: string
}

interface ServeOptions {
  key: string
  log: string[]
  state: string
  port: number
  host: string
}

/** Longer than a holder that died without a word counts as alive. */
const LOCK_TIMEOUT_MS = 30_000

export function addWitnessCommands(program: Command): void {
  const witness = program.command('witness').description('cosign the checkpoints of logs (C2SP tlog-witness)')
  witness
    .command('key')
    .description('make the key of a witness; prints the verifier key that logs and verifiers are given')
    .requiredOption('--name <name>', 'name of the witness, a URL without scheme such as witness.example.org/w1')
    .requiredOption('--out <file>', 'where the private key goes')
    .action(makeKey)
  witness
    .command('serve')
    .description('answer add-checkpoint requests until told to stop')
    .requiredOption('--key <file>', 'the private key, from `witness key`')
    .requiredOption('--log <vkey...>', 'verifier key of a log to witness, received by another way than from the log')
    .requiredOption('--state <folder>', 'what was cosigned; never delete, copy back or share it')
    .option('--port <port>', 'TCP port; 0 takes any free one', toPort, 7380)
    .option('--host <address>', 'address to listen on; TLS is ended in front of it', '127.0.0.1')
    .action(serve)
}

async function makeKey({ name, out }: KeyOptions): Promise<void> {
  const key = generateCosignerKey(name)
  try {
    await writeFile(out, `${key}\n`, { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    throw new ConfigurationError(`The key cannot be written (${errorCode(error)}); an existing file is never replaced.`)
  }
  process.stdout.write(`${cosignerFromKey(key).vkey}\n`)
}

async function serve({ key, log: logs, state, port, host }: ServeOptions): Promise<void> {
  const cosigner = cosignerFromKey(readKey(key).trim())
  await makeFolderDurably(state)
  const checkpoints = new LastSeenStore(state)
  const witness = new Witness({ cosigner, logs, checkpoints, evidence: join(state, 'contradictions') })
  const log = new JsonLogger('info')
  // Two processes on one state could each cosign what contradicts the other's.
  await withFileLock(
    join(state, 'lock'),
    async () => {
      await witness.assertMemory()
      const server = await startWitnessServer(witness, { port, host, log })
      log.info(`Witness ${cosigner.name} listens.`, { url: server.url, vkey: cosigner.vkey, logs: witness.origins })
      await stopAsked(server.close)
    },
    LOCK_TIMEOUT_MS,
  )
}

function readKey(file: string): string {
  try {
    return readSecretFile(file)
  } catch (error) {
    if (error instanceof ConfigurationError) throw error
    throw new ConfigurationError(`The key cannot be read (${errorCode(error)}).`)
  }
}

/** Waits for SIGTERM or SIGINT, then for the last answer. */
async function stopAsked(close: () => Promise<void>): Promise<void> {
  const shutdown = new Shutdown()
  shutdown.onPhase('stop-accepting', 'witness', close)
  await new Promise<void>((resolve) => shutdown.listen(() => resolve()))
}

function toPort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return port
}
