/** `twin-ledger keys`: the key-encryption keys of a running service, through its interface and under its policy. */
import type { Command } from 'commander'
import type { Retirement } from '../custody/commands/retire-key-encryption-key.js'
import type { Rotation } from '../custody/commands/rotate-key-encryption-key.js'
import type { ListedKeyEncryptionKey } from '../custody/queries/list-key-encryption-keys.js'
import type { RewrappedBatch } from '../vault/rewrapping.js'
import { problemOfAnswer } from './problem-of-answer.js'
import { progressBar } from './progress.js'
import { addServiceOptions, serviceToken, serviceUrl, type ServiceOptions } from './service-address.js'

export function addKeysCommands(program: Command): void {
  const keys = program.command('keys').description('the keys that wrap the keys of persons')
  addServiceOptions(keys.command('status'), 'administrator')
    .description('every key-encryption key, and how many keys it wraps')
    .action(status)
  addServiceOptions(keys.command('rotate'), 'administrator')
    .description('add a version that wraps from now on; earlier ones still open')
    .action(rotate)
  addServiceOptions(keys.command('rewrap'), 'administrator')
    .description('wrap every key anew by the newest version, while the service works; may be interrupted and repeated')
    .action(rewrap)
  addServiceOptions(keys.command('retire <id>'), 'administrator')
    .description('let go of a key-encryption key that wraps nothing any more')
    .action(retire)
}

async function status(options: ServiceOptions): Promise<void> {
  const keys = await call<ListedKeyEncryptionKey[]>(options, 'GET', '')
  for (const { id, state, keys: wrapped, firstSeenAt } of keys)
    process.stdout.write(`${state.padEnd(8)} ${String(wrapped).padStart(9)} keys  since ${firstSeenAt}  ${id}\n`)
}

async function rotate(options: ServiceOptions): Promise<void> {
  const { from, to } = await call<Rotation>(options, 'POST', '/rotations', {})
  process.stdout.write(`${from} → ${to}\n`)
}

/** Exit code 1 when keys are left that could not be opened. */
async function rewrap(options: ServiceOptions): Promise<void> {
  const bar = progressBar('Wrapping anew')
  const failed: string[] = []
  let [rewrapped, remaining]: [number, number | undefined] = [0, undefined]
  try {
    let after: string | null | undefined
    do {
      const batch: RewrappedBatch = await call(options, 'POST', '/rewrapping', after ? { after } : {})
      rewrapped += batch.rewrapped
      remaining = batch.remaining
      failed.push(...batch.failed)
      after = batch.next
      bar.update(rewrapped, rewrapped + remaining)
    } while (after !== null)
  } finally {
    bar.stop()
  }
  process.stdout.write(`${rewrapped} keys wrapped anew, ${remaining} wrapped by others\n`)
  for (const kid of failed) process.stdout.write(`  ${kid}: key-unwrap-failed\n`)
  if (failed.length > 0) process.exitCode = 1
}

async function retire(id: string, options: ServiceOptions): Promise<void> {
  const { key, note } = await call<Retirement>(options, 'POST', '/retirements', { key: id })
  process.stdout.write(`${key} is retired. ${note}\n`)
}

async function call<T>(options: ServiceOptions, method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
  const response = await fetch(`${serviceUrl(options)}/api/v1/key-encryption-keys${path}`, {
    method,
    headers: { authorization: `Bearer ${await serviceToken(options)}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw await problemOfAnswer(response)
  return (await response.json()) as T
}
