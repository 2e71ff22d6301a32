/** How fast a whole log is verified, against the machine's own SHA-256; how proofs and appends grow with the log. */
import { hash, randomInt } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { decodeEntryBundle } from '../src/ledger/log/entry-bundle.js'
import { folderLogSource } from '../src/ledger/log/folder-log-source.js'
import type { LogSource } from '../src/ledger/log/log-source.js'
import { generateSignerKey, noteSignerFromKey } from '../src/ledger/log/note-key.js'
import { consistencyProof, inclusionProof } from '../src/ledger/log/prove.js'
import { levelCount, tileWidth } from '../src/ledger/log/tile-geometry.js'
import { tileHashReader } from '../src/ledger/log/tile-hash-reader.js'
import { TILE_WIDTH, tilePath } from '../src/ledger/log/tile-path.js'
import { verifyLog } from '../src/ledger/log/verify-log.js'
import { postgresLogSource } from '../src/ledger/postgres/log-source.js'
import { PostgresEventStore } from '../src/ledger/postgres/postgres-event-store.js'
import { verifyDatabase } from '../src/ledger/postgres/verify-database.js'
import type { BenchOptions } from './run.js'
import { openBenchDatabase } from './support/bench-database.js'
import { inTurns, quantile } from './support/closed-loop.js'
import { machine } from './support/machine.js'
import { cast, fillTo } from './support/synthetic-log.js'
import { anAppend } from './support/one-append.js'

const PROOFS = 200
const APPENDING = { clients: 32, warmUpMs: 300, measureMs: 1_000 }
const ROUNDS = 3

/** Writes every tile and bundle as a mirror of the log would keep them; returns the entries. */
async function mirror(source: LogSource, size: number, folder: string): Promise<Buffer[]> {
  const entries: Buffer[] = []
  const put = async (path: string, bytes: Buffer | string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), bytes)
  }
  for (let level = 0; level < levelCount(size); level++)
    for (let index = 0, width; (width = tileWidth(size, level, index)) > 0; index++) {
      await put(tilePath(level, index, width), await source.tile(level, index, width))
      if (level > 0) continue
      const bundle = await source.entries(index, width)
      await put(tilePath('entries', index, width), bundle)
      entries.push(...decodeEntryBundle(bundle, width))
    }
  await put('checkpoint', await source.checkpoint())
  return entries
}

/** Seconds that `work` takes: the best of the rounds, because the machine does other things too. */
async function seconds(work: () => unknown, rounds = ROUNDS): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    await work()
    times.push((performance.now() - start) / 1_000)
  }
  return Math.min(...times)
}

/** The machine's own SHA-256 over the same entries: one call an entry, and one call a bundle of 256. */
async function ownRate(entries: readonly Buffer[]): Promise<{ oneShot: number; bulk: number }> {
  const bundles = Array.from({ length: Math.ceil(entries.length / TILE_WIDTH) }, (_, index) =>
    Buffer.concat(entries.slice(index * TILE_WIDTH, (index + 1) * TILE_WIDTH)),
  )
  const oneShot = await seconds(() => entries.forEach((entry) => hash('sha256', entry, 'hex')))
  const bulk = await seconds(() => bundles.forEach((bundle) => hash('sha256', bundle, 'hex')))
  return { oneShot: entries.length / oneShot, bulk: entries.length / bulk }
}

async function proofTimes(source: LogSource, size: number): Promise<object> {
  const time = async (prove: () => Promise<unknown>) => {
    const times: number[] = []
    for (let proof = 0; proof < PROOFS; proof++) {
      const start = performance.now()
      await prove()
      times.push(performance.now() - start)
    }
    return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) }
  }
  // A new reader each time: nothing is remembered from the proof before.
  const reader = () => tileHashReader(size, (level, index, width) => source.tile(level, index, width))
  return {
    inclusion: await time(() => inclusionProof(randomInt(size), size, reader())),
    consistency: await time(() => consistencyProof(randomInt(1, size), size, reader())),
  }
}

export async function verifyBench({ events = 1_000_000 }: BenchOptions): Promise<object> {
  const db = await openBenchDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'twin-ledger-mirror-'))
  try {
    const signer = noteSignerFromKey(generateSignerKey('ledger.example/bench'))
    const store = await PostgresEventStore.open({ pool: db.servicePool, writerUrl: db.serviceUrl, signer })
    const source = postgresLogSource(db.servicePool)
    const growth: Record<number, object> = {}
    for (let size = 1_000; size <= events; size *= 10) {
      await fillTo(store, size)
      const { append } = await inTurns({ append: anAppend(store, cast.subjects) }, ROUNDS, APPENDING)
      growth[size] = { append, proofsMs: await proofTimes(source, (await store.head()).size) }
    }
    const { size, checkpoint } = await store.head()
    await store.close()
    const entries = await mirror(source, size, folder)
    const own = await ownRate(entries)
    const options = { vkey: signer.vkey }
    const whole = size / (await seconds(() => verifyLog(folderLogSource(folder), options)))
    const oneThread = size / (await seconds(() => verifyLog(folderLogSource(folder), { ...options, threads: 0 })))
    const database =
      size / (await seconds(() => verifyDatabase(db.servicePool, { ...options, lastSeen: checkpoint }), 1))
    return {
      machine: await machine(db.ownerPool),
      events: size,
      bytesAnEntry: Math.round(entries.reduce((sum, { length }) => sum + length, 0) / size),
      'SHA-256 of the same entries, one call an entry (entries/s)': own.oneShot,
      'SHA-256 of the same bytes, one call a bundle (entries/s)': own.bulk,
      'log verify (events/s)': whole,
      'log verify without worker threads (events/s)': oneThread,
      'log verify --database (events/s)': database,
      growth,
      ratios: {
        'log verify against SHA-256 one call an entry': whole / own.oneShot,
        'log verify against SHA-256 one call a bundle': whole / own.bulk,
        'without worker threads against SHA-256 one call an entry': oneThread / own.oneShot,
      },
    }
  } finally {
    await db.close()
    await rm(folder, { recursive: true, force: true })
  }
}
