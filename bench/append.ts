/**
 * The append path in full (canonical JSON, sealing, digests, tree, signature, conflict check, idempotency) against a plain
 * INSERT of the same JSON and against emmett-postgresql, on the same server in the same run; and against what it cannot do without.
 */
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { generateSignerKey, noteSignerFromKey } from '../src/ledger/log/note-key.js'
import { PostgresEventStore } from '../src/ledger/postgres/postgres-event-store.js'
import { openBareAppend } from './support/bare-append.js'
import { openBenchDatabase, type BenchDatabase, type BenchDatabaseOptions } from './support/bench-database.js'
import { inTurns, type LoopResult, type Request } from './support/closed-loop.js'
import { openEmmett } from './support/emmett.js'
import { machine } from './support/machine.js'
import { anAppend, observation } from './support/one-append.js'
import { compileSlowDisk } from './support/slow-disk.js'

const CONCURRENCIES = [1, 8, 32, 128, 512]
const ROUNDS = 5
const TIMES = { warmUpMs: 200, measureMs: 800 }
const STREAMS = 1_000

type Peer = 'ledger' | 'insert' | 'emmett' | 'floor'

async function ledger(db: BenchDatabase): Promise<{ append: Request; close(): Promise<void> }> {
  const signer = noteSignerFromKey(generateSignerKey('ledger.example/bench'))
  const store = await PostgresEventStore.open({ pool: db.servicePool, writerUrl: db.serviceUrl, signer })
  const twins = Array.from({ length: STREAMS }, () => randomUUID())
  return { append: anAppend(store, twins), close: () => store.close() }
}

async function plainInsert(db: BenchDatabase): Promise<Request> {
  await db.ownerPool.query(`create table public.plain_event (
    position bigint generated always as identity primary key, stream text not null, revision bigint not null,
    type text not null, data jsonb not null, recorded_at timestamptz not null default now(), unique (stream, revision))`)
  let revision = 0
  return (_client, sequence) =>
    db.ownerPool.query({
      name: 'plain',
      text: 'insert into public.plain_event (stream, revision, type, data) values ($1, $2, $3, $4) returning position',
      values: [
        `twin-${revision % STREAMS}`,
        revision++,
        'twin.observation-recorded',
        JSON.stringify(observation(sequence)),
      ],
    })
}

async function emmett(db: BenchDatabase): Promise<{ append: Request; close(): Promise<void> }> {
  const store = await openEmmett(db.ownerUrl)
  const streams = Array.from({ length: STREAMS }, () => `twin-${randomUUID()}`)
  let next = 0
  return {
    append: (_client, sequence) =>
      store
        .appendToStream(streams[next++ % STREAMS]!, [
          { type: 'twin.observation-recorded', data: observation(sequence) },
        ])
        .catch((error: { name?: string }) => {
          // Two clients met on one stream: emmett refuses one of them, which is an answer too.
          if (!/Concurrency|Version/.test(String(error.name))) throw error
        }),
    close: () => store.close(),
  }
}

/** Opens all peers on one database and measures them at every concurrency. */
async function measure(db: BenchDatabase): Promise<Record<Peer, Record<number, LoopResult>>> {
  const [ours, theirs, bare] = [await ledger(db), await emmett(db), await openBareAppend(db, STREAMS)]
  const peers = { ledger: ours.append, insert: await plainInsert(db), emmett: theirs.append, floor: bare.append }
  const results: Record<Peer, Record<number, LoopResult>> = { ledger: {}, insert: {}, emmett: {}, floor: {} }
  // Plans, caches, connections and optimised code are made before anything counts.
  await inTurns(peers, 1, { clients: 32, warmUpMs: 4_000, measureMs: 200 })
  for (const clients of CONCURRENCIES) {
    const measured = await inTurns(peers, ROUNDS, { clients, ...TIMES })
    for (const peer of Object.keys(peers) as Peer[]) results[peer][clients] = measured[peer]
  }
  await Promise.all([ours.close(), theirs.close(), bare.close()])
  return results
}

function ratios(results: Record<Peer, Record<number, LoopResult>>): Record<string, number> {
  const rate = (peer: Peer, clients: number) => results[peer][clients]!.rate
  return {
    'c=32 against emmett': rate('ledger', 32) / rate('emmett', 32),
    'c=32 against plain INSERT': rate('ledger', 32) / rate('insert', 32),
    'c=512 against the best of emmett':
      rate('ledger', 512) / Math.max(...CONCURRENCIES.map((clients) => rate('emmett', clients))),
    'c=1 against plain INSERT': rate('ledger', 1) / rate('insert', 1),
    ...Object.fromEntries(
      CONCURRENCIES.map((clients) => [
        `c=${clients}, share of the floor`,
        rate('ledger', clients) / rate('floor', clients),
      ]),
    ),
    'p99 at c=32, share of that of emmett': results.ledger[32]!.p99 / results.emmett[32]!.p99,
  }
}

async function measureOn(options: BenchDatabaseOptions): Promise<object> {
  const db = await openBenchDatabase(options)
  try {
    const results = await measure(db)
    return { machine: await machine(db.ownerPool), results, ratios: ratios(results) }
  } finally {
    await db.close()
  }
}

async function onSlowDisk(): Promise<object> {
  const shim = compileSlowDisk()
  if ('missing' in shim) return shim
  try {
    return await measureOn({ preload: shim.library })
  } finally {
    await rm(dirname(shim.library), { recursive: true })
  }
}

export async function appendBench(): Promise<object> {
  return { 'this disk': await measureOn({}), '1 ms added to each fdatasync': await onSlowDisk() }
}
