/**
 * The append path in full (canonical JSON, sealing, digests, tree, signature, conflict check, idempotency) against a plain
 * INSERT of the same JSON and against emmett-postgresql, on the same server in the same run.
 */
import { createSecretKey, randomBytes, randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import { canonicalJson } from '../src/ledger/canonical-json.js'
import { sealedReference } from '../src/ledger/payload.js'
import { generateSignerKey, noteSignerFromKey } from '../src/ledger/log/note-key.js'
import { PostgresEventStore } from '../src/ledger/postgres/postgres-event-store.js'
import { sealPayload } from '../src/vault/sealed-payload.js'
import { openBenchDatabase, type BenchDatabase } from './support/bench-database.js'
import { closedLoop, type LoopResult } from './support/closed-loop.js'
import { machine } from './support/machine.js'

const CONCURRENCIES = [1, 8, 32, 128, 512]
const TIMES = { warmUpMs: 1_000, measureMs: 4_000 }
const STREAMS = 1_000

/** About 540 bytes of JSON: an observation as a twin records it. */
const observation = (sequence: number) => ({
  kind: 'observation',
  code: { system: 'http://loinc.org', code: '8480-6', display: 'Systolic blood pressure' },
  quantity: { value: 110 + (sequence % 60), unit: 'mm[Hg]' },
  status: 'final',
  category: 'vital-signs',
  effective: { at: '2026-03-14T09:26:53+01:00' },
  source: { system: 'hospital-north', resourceType: 'Observation', resourceId: randomUUID() },
  note: 'x'.repeat(200),
})

type Append = (client: number, sequence: number) => Promise<unknown>

async function ledger(db: BenchDatabase): Promise<{ append: Append; close(): Promise<void> }> {
  const signer = noteSignerFromKey(generateSignerKey('ledger.example/bench'))
  const store = await PostgresEventStore.open({ pool: db.servicePool, writerUrl: db.serviceUrl, signer })
  const key = createSecretKey(randomBytes(32))
  const kid = randomUUID()
  const streams = Array.from({ length: STREAMS }, () => `twin-${randomUUID()}`)
  const actor = { id: randomUUID(), role: 'steward' }
  let next = 0
  const append: Append = (_client, sequence) => {
    const id = randomUUID()
    const stream = streams[next++ % STREAMS]!
    const type = 'twin.observation-recorded'
    const payload = sealPayload(canonicalJson(observation(sequence)), key, kid, { id, stream, type, schema: 1 })
    const header = { id, type, schema: 1, actor, correlation: randomUUID(), payload: sealedReference(payload, kid) }
    return store.append([{ stream, expectedRevision: 'any', events: [{ header, payload }] }])
  }
  return { append, close: () => store.close() }
}

async function plainInsert(db: BenchDatabase): Promise<Append> {
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

interface EmmettStore {
  appendToStream(stream: string, events: { type: string; data: object }[]): Promise<unknown>
  readEvents?: unknown
  close(): Promise<void>
}

/** emmett lives in bench/peers, apart from the product's packages. */
async function emmett(db: BenchDatabase): Promise<{ append: Append; close(): Promise<void> }> {
  const peers = createRequire(new URL('../../bench/peers/package.json', import.meta.url))
  const { getPostgreSQLEventStore } = (await import(peers.resolve('@event-driven-io/emmett-postgresql'))) as {
    getPostgreSQLEventStore(url: string): EmmettStore
  }
  const url = new URL(db.ownerUrl)
  const store = getPostgreSQLEventStore(url.toString())
  await store.appendToStream('warm-up', [{ type: 'warm-up', data: {} }])
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

export async function appendBench() {
  const db = await openBenchDatabase()
  try {
    await db.ownerPool.query('select 1')
    const peers = {
      ledger: await ledger(db),
      insert: { append: await plainInsert(db), close: async () => undefined },
      emmett: await emmett(db),
    }
    const results: Record<string, Record<number, LoopResult>> = { ledger: {}, insert: {}, emmett: {} }
    for (const clients of CONCURRENCIES)
      for (const [name, peer] of Object.entries(peers))
        results[name]![clients] = await closedLoop({ clients, ...TIMES }, peer.append)
    await Promise.all(Object.values(peers).map((peer) => peer.close()))
    const best = (name: string) => Math.max(...Object.values(results[name]!).map(({ rate }) => rate))
    const rate = (name: string, clients: number) => results[name]![clients]!.rate
    return {
      machine: await machine(db.ownerPool),
      results,
      ratios: {
        'c=32 against emmett': rate('ledger', 32) / rate('emmett', 32),
        'c=32 against plain INSERT': rate('ledger', 32) / rate('insert', 32),
        'c=512 against the best of emmett': rate('ledger', 512) / best('emmett'),
        'c=1 against plain INSERT': rate('ledger', 1) / rate('insert', 1),
        'p99 at c=32, share of that of emmett': results.ledger![32]!.p99 / results.emmett![32]!.p99,
      },
    }
  } finally {
    await db.close()
  }
}
