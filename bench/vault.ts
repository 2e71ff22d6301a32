/** What sealing, opening and wrapping cost, on the path of every personal value. */
import { createSecretKey, randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FileKeyEncryption } from '../src/vault/kms/file-key-encryption.js'
import { Rewrapping } from '../src/vault/rewrapping.js'
import { openPayload, sealPayload, type SealBinding } from '../src/vault/sealed-payload.js'
import { Vault } from '../src/vault/vault.js'
import type { BenchOptions } from './run.js'
import { openBenchDatabase } from './support/bench-database.js'
import { quantile } from './support/closed-loop.js'
import { machine } from './support/machine.js'

const PERSONS = 5_000
const ROUNDS = 20_000
/** Bytes of a typical observation, and of a large report. */
const SIZES = [300, 20_000]
const ERASURES = 200

const binding: SealBinding = { id: randomUUID(), stream: `twin-${randomUUID()}`, type: 'twin.registered', schema: 1 }

/** Mean microseconds of one call, after a warm-up. */
function microseconds(calls: number, work: () => unknown): number {
  for (let n = 0; n < calls / 10; n++) work()
  const start = performance.now()
  for (let n = 0; n < calls; n++) work()
  return ((performance.now() - start) / calls) * 1_000
}

/** Median and tail, in milliseconds, of calls one after the other. */
async function milliseconds(
  calls: number,
  work: (n: number) => Promise<unknown>,
): Promise<{ p50: number; p99: number }> {
  const times: number[] = []
  for (let n = 0; n < calls; n++) {
    const start = performance.now()
    await work(n)
    times.push(performance.now() - start)
  }
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) }
}

function sealing(): Record<string, { sealMicroseconds: number; openMicroseconds: number }> {
  const [key, kid] = [createSecretKey(randomBytes(32)), randomUUID()]
  const ofSize = (bytes: number) => {
    const text = JSON.stringify({ text: 'x'.repeat(bytes - 11) })
    const stored = sealPayload(text, key, kid, binding)
    return {
      sealMicroseconds: microseconds(ROUNDS, () => sealPayload(text, key, kid, binding)),
      openMicroseconds: microseconds(ROUNDS, () => openPayload(stored, key, kid, binding)),
    }
  }
  return Object.fromEntries(SIZES.map((bytes) => [`${bytes} bytes`, ofSize(bytes)]))
}

export async function vaultBench({ events: persons = PERSONS }: BenchOptions): Promise<object> {
  const db = await openBenchDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'twin-ledger-bench-kek-'))
  try {
    const kek = FileKeyEncryption.open(join(folder, 'kek'))
    const open = () => new Vault(db.servicePool, kek)
    const vault = open()
    await vault.assertKeysOpen()
    const subjects = Array.from({ length: persons }, () => randomUUID())
    const firstKeyOfAPerson = await milliseconds(persons, (n) => vault.sealingKey(subjects[n]!, 'identity'))
    const { rows } = await db.servicePool.query<{ kid: string }>('select kid from vault.subject_key')
    const kids = rows.map(({ kid }) => kid)

    const cold = open()
    const keyFromTheDatabase = await milliseconds(Math.min(persons, 2_000), (n) => cold.openingKeys([kids[n]!]))
    const fresh = open()
    const start = performance.now()
    await fresh.openingKeys(kids)
    const keysInOneQueryPerSecond = (persons / (performance.now() - start)) * 1_000

    const wrapped = await kek.wrap(randomBytes(32), kids[0]!)
    const wrapping = await milliseconds(2_000, () => kek.wrap(randomBytes(32), kids[0]!))
    const unwrapping = await milliseconds(2_000, () => kek.unwrap(wrapped.wrapped, kids[0]!, wrapped.wrappedBy))

    await kek.rotate()
    const rewrapping = new Rewrapping(db.servicePool, kek, vault.keyEncryptionKeys)
    const began = performance.now()
    for (let after: string | undefined | null; after !== null;) after = (await rewrapping.batch(500, after)).next
    const rewrappedPerSecond = (persons / (performance.now() - began)) * 1_000

    const destroyingOnePersonAmongAll = await milliseconds(Math.min(ERASURES, persons), (n) =>
      vault.destroy({ subject: subjects[n]!, classes: ['identity'], event: randomUUID(), position: n }),
    )
    return {
      machine: await machine(db.ownerPool),
      persons,
      sealing: sealing(),
      milliseconds: {
        firstKeyOfAPerson,
        keyFromTheDatabase,
        wrappingByFile: wrapping,
        unwrappingByFile: unwrapping,
        destroyingOnePersonAmongAll,
      },
      keysInOneQueryPerSecond,
      rewrappedPerSecond,
    }
  } finally {
    await db.close()
    await rm(folder, { recursive: true })
  }
}
