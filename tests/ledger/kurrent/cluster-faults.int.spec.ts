/** What a cluster does to its clients on a bad day, by the stand-in: none of it loses an event, writes one twice or makes one up. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { binaryEvent, EventStoreDBClient } from '@eventstore/db-client'
import type { StreamAppend } from '../../../src/ledger/event-store.js'
import type { KurrentEventStore } from '../../../src/ledger/kurrent/kurrent-event-store.js'
import { ClusterLog } from '../../../src/ledger/kurrent/cluster-log.js'
import { verifyDatabase } from '../../../src/ledger/postgres/verify-database.js'
import { anEvent, aStream } from '../../support/event-fixtures.js'
import { type KurrentStandIn, startKurrentStandIn } from '../../support/kurrent/kurrent-stand-in.js'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js'
import { openTestStore } from '../../support/test-store.js'
import { until } from '../../support/until.js'
import { newSigner, openKurrentStore, withCredentials } from './support/cluster.js'

let db: TestDatabase
let server: KurrentStandIn
let url: string
let signer: ReturnType<typeof newSigner>
let stream: string
const opened: { close(): Promise<void> }[] = []
const databases: TestDatabase[] = []

beforeEach(async () => {
  signer = newSigner()
  stream = `twin_ledger-${signer.name}`
  ;[db, server] = await Promise.all([anotherDatabase(), startKurrentStandIn({ commitTimeoutMs: 60_000 })])
  url = withCredentials(server.url)
})

afterEach(async () => {
  server.faults.release()
  for (const each of opened.splice(0)) await each.close()
  server.close()
  for (const each of databases.splice(0)) await each.drop()
})

async function anotherDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase()
  databases.push(database)
  return database
}

async function openStore(
  options: Partial<Parameters<typeof openKurrentStore>[2]> = {},
  on = db,
): Promise<KurrentEventStore> {
  const store = await openKurrentStore(on, url, { signer, ...options })
  opened.push(store)
  return store
}

const anAppend = (to = aStream(), count = 1): StreamAppend => ({
  stream: to,
  expectedRevision: 'any',
  events: Array.from({ length: count }, () => anEvent()),
})

const codeOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'no error',
    (error: { code?: string }) => error.code ?? String(error),
  )

/** Every entry of the cluster is in the index, in its place, and the other way round. @returns their number */
async function verified(on = db): Promise<number> {
  const log = new ClusterLog({ url, origin: signer.name })
  opened.push(log)
  const payloadsOf = (from: number, limit: number) => log.read(from, limit)
  const { size } = await verifyDatabase(on.ownerPool, { vkey: signer.vkey, payloadsOf })
  expect(server.stream(stream)).toHaveLength(size)
  return size
}

const appendsAsked = (): number => server.requests.filter(({ method }) => /append/i.test(method)).length

describe('a connection that breaks', () => {
  it('before the write: the event is written by the next try', async () => {
    const store = await openStore()
    server.faults.cutBeforeCommit()
    const { events } = await store.append([anAppend()])
    expect(events[0]!.position).toBe(0)
    expect(await verified()).toBe(1)
  })

  it('after the write: the event is found, and not written again', async () => {
    const store = await openStore()
    server.faults.commitAndCut()
    const append = anAppend()
    const { events } = await store.append([append])
    expect(events.map(({ id, position }) => [id, position])).toEqual([[append.events[0]!.header.id, 0]])
    expect(await verified()).toBe(1)
  })

  it('for longer than patience: the caller is told, and the same request is taken when the cluster is back', async () => {
    const store = await openStore({ patienceMs: 200 })
    server.faults.goDown()
    const append = anAppend()
    expect(await codeOf(store.append([append]))).toBe('store-unavailable')
    await server.faults.comeUp()
    await until('the cluster is back', async () => (await codeOf(store.append([append]))) === 'no error')
    expect(await verified()).toBe(1)
  })
})

describe('a cluster without users that is away for longer than it is looked for', () => {
  it('is written to again when it is back', async () => {
    const follower = await startKurrentStandIn({ joins: server })
    url = server.clusterUrl
    const store = await openStore({ patienceMs: 200 })
    const nodes = [server, follower]
    for (const { faults } of nodes) faults.goDown()
    for (let outage = 0; outage < 2; outage++)
      expect(await codeOf(store.append([anAppend()]))).toBe('store-unavailable')
    for (const { faults } of nodes) await faults.comeUp()
    const append = anAppend()
    await until('it is back', async () => (await codeOf(store.append([append]))) === 'no error')
    expect(await verified()).toBe(1)
    follower.close()
  })
})

describe('a write that lands late', () => {
  it('is the only one, though the request was planned anew with another time meanwhile', async () => {
    let clock = Date.parse('2026-11-01T08:00:00Z')
    const store = await openStore({ callLimitMs: 2_000, now: () => (clock += 1_000) })
    const release = server.faults.holdWrites()
    const append = anAppend()
    const answer = store.append([append])
    await until('a second try', async () => appendsAsked() >= 2)
    release()
    expect((await answer).events[0]!.position).toBe(0)
    expect((await store.readStream(append.stream)).map(({ header }) => header.id)).toEqual([
      append.events[0]!.header.id,
    ])
    expect(await verified()).toBe(1)
  })

  it('is not tried without end while the cluster answers reads and takes nothing', async () => {
    const store = await openStore({ patienceMs: 200, callLimitMs: 1_000 })
    const release = server.faults.holdWrites()
    expect(await codeOf(store.append([anAppend()]))).toBe('store-unavailable')
    expect(appendsAsked()).toBeLessThan(5)
    release()
  })

  it('is not waited for without end', async () => {
    const store = await openStore({ patienceMs: 200, callLimitMs: 2_000 })
    const release = server.faults.freeze()
    expect(await codeOf(store.append([anAppend()]))).toBe('store-unavailable')
    release()
  })
})

describe('a process that dies between the cluster and its index', () => {
  it('leaves an event that the others find, index and answer for', async () => {
    const dying = await openStore({ patienceMs: 200, pool: withoutIndexing(db) })
    const append = anAppend()
    expect(await codeOf(dying.append([append]))).toBe('store-unavailable')
    expect(server.stream(stream)).toHaveLength(1)

    const other = await openStore()
    expect((await other.head()).size).toBe(1)
    const again = await other.append([append])
    expect(again.replayed).toBe(true)
    expect(await verified()).toBe(1)
  })

  it('does so while the others run', async () => {
    const other = await openStore()
    const dying = await openStore({ patienceMs: 200, pool: withoutIndexing(db) })
    expect(await codeOf(dying.append([anAppend()]))).toBe('store-unavailable')
    await until('the other looked', async () => (await other.head()).size === 1)
    expect(await verified()).toBe(1)
  })
})

describe('a store that is closed while it reads', () => {
  it('says that it is away, and not that the log has a hole', async () => {
    const store = await openStore()
    const append = anAppend()
    await store.append([append])
    const readsAsked = () => server.requests.filter(({ method }) => /read/i.test(method)).length
    const before = readsAsked()
    const release = server.faults.freeze()
    const reading = codeOf(store.readStream(append.stream))
    await until('it is asked', () => readsAsked() > before)
    await store.close()
    expect(await reading).toBe('store-unavailable')
    release()
  })
})

describe('a caller who had the answer of another process', () => {
  it('is not refused because the index here has not seen it yet', async () => {
    const [here, there] = [await openStore(), await openStore({}, await anotherDatabase())]
    const append = anAppend()
    await there.append([append])
    const next = { ...anAppend(append.stream), expectedRevision: 0 }
    expect((await here.append([next])).events[0]).toMatchObject({ revision: 1, position: 1 })
  })
})

describe('an index that is lost', () => {
  it('is made anew from the cluster, the same to the last byte', async () => {
    const store = await openStore()
    for (let i = 0; i < 6; i++) await store.append([anAppend(aStream(), 100)])
    const anew = await anotherDatabase()
    await openStore({}, anew)
    expect(await rowsOf(anew)).toEqual(await rowsOf(db))
    expect(await verified(anew)).toBe(600)
  })
})

describe('several writers', () => {
  it('take turns at the end of the log: every event is there once, in one order', async () => {
    const stores = await Promise.all([openStore(), openStore(), openStore()])
    const shared = aStream()
    const requests = Array.from({ length: 90 }, (_, n) => anAppend(n % 3 === 0 ? shared : aStream()))
    const answers = await Promise.all(requests.map((request, n) => stores[n % 3]!.append([request])))
    expect(answers.map(({ events }) => events[0]!.position).sort((a, b) => a - b)).toEqual(requests.map((_, n) => n))
    expect((await stores[0]!.readStream(shared)).map(({ header }) => header.revision)).toEqual(
      Array.from({ length: 30 }, (_, n) => n),
    )
    expect(await verified()).toBe(90)
  })

  it('follow a leader that moves', async () => {
    const follower = await startKurrentStandIn({ joins: server })
    url = withCredentials(follower.clusterUrl)
    const store = await openStore()
    await store.append([anAppend()])
    follower.lead()
    await store.append([anAppend()])
    expect(await verified()).toBe(2)
    follower.close()
  })
})

describe('what the cluster holds', () => {
  it.each([
    ['data', 'payload-altered'],
    ['metadata', 'log-entry-foreign'],
  ] as const)('is not believed where a byte of the %s was altered', async (part, code) => {
    const store = await openStore()
    const append = anAppend()
    await store.append([append])
    server.faults.alterByte(stream, 0, part, 10)
    expect(await codeOf(store.readStream(append.stream))).toBe(code)
    expect(await codeOf(openStore({}, await anotherDatabase()))).toBe(code)
  })

  it('is not taken over where nobody signed it', async () => {
    const store = await openStore()
    await store.append([anAppend()])
    const client = EventStoreDBClient.connectionString(url)
    const metadata = new Uint8Array(server.stream(stream)[0]!.metadata)
    const data = new Uint8Array(server.stream(stream)[0]!.data)
    await client.appendToStream(stream, [binaryEvent({ type: 'twin.registered', data, metadata })])
    await client.dispose()
    expect(await codeOf(store.append([anAppend()]))).toBe('store-unavailable')
    expect((await store.head()).size).toBe(1)
    expect(await codeOf(openStore())).toBe('log-entry-foreign')
  })

  it('is missed when a backup brought back less', async () => {
    const store = await openStore()
    for (let i = 0; i < 3; i++) await store.append([anAppend()])
    server.faults.loseLast(1)
    expect(await codeOf(store.append([anAppend()]))).toBe('store-unavailable')
    expect(await codeOf(openStore())).toBe('log-rolled-back')
  })

  it('is missed when the stream was deleted, even by an index that had seen nothing yet', async () => {
    const store = await openStore()
    await store.append([anAppend()])
    const client = EventStoreDBClient.connectionString(url)
    await client.deleteStream(stream)
    await client.dispose()
    expect(await codeOf(openStore())).toBe('log-rolled-back')
    const unaware = await openStore({}, await anotherDatabase())
    expect(await codeOf(unaware.append([anAppend()]))).toBe('store-unavailable')
  })

  it('is missed when its beginning was truncated', async () => {
    const store = await openStore()
    for (let i = 0; i < 3; i++) await store.append([anAppend()])
    const client = EventStoreDBClient.connectionString(url)
    await client.setStreamMetadata(stream, { truncateBefore: 2 })
    await client.dispose()
    expect(await codeOf(openStore({}, await anotherDatabase()))).toBe('log-has-a-hole')
  })
})

describe('what cannot be', () => {
  it('refuses a request that is larger than the cluster takes in one step, before it is sent', async () => {
    const store = await openStore({ maxAppendBytes: 65_536 })
    const large = { ...anAppend(), events: [anEvent({ data: { text: 'x'.repeat(66_000) } })] }
    expect(await codeOf((async () => store.append([large]))())).toBe('append-too-large')
    expect(appendsAsked()).toBe(0)
  })

  it('splits a queue that is larger than that into several appends', async () => {
    const store = await openStore({ maxAppendBytes: 65_536 })
    const half = () => ({ ...anAppend(), events: [anEvent({ data: { text: 'x'.repeat(30_000) } })] })
    await Promise.all(Array.from({ length: 6 }, () => store.append([half()])))
    expect(appendsAsked()).toBeGreaterThan(2)
    expect(await verified()).toBe(6)
  })

  it('does not start by TLS without a name', async () => {
    url = 'esdb://127.0.0.1:2113?tls=true'
    expect(await codeOf(openStore())).toBe('configuration-invalid')
  })

  it('learns from the cluster what it takes, where it was configured to take more', async () => {
    const small = await startKurrentStandIn({ maxAppendSize: 65_536 })
    url = withCredentials(small.url)
    const store = await openStore({ maxAppendBytes: 1_048_576 })
    const part = (length: number) => ({ ...anAppend(), events: [anEvent({ data: { text: 'x'.repeat(length) } })] })
    const parts = [part(100), part(30_000), part(60_000), part(70_000)]
    const codes = await Promise.all(parts.map((each) => codeOf(store.append([each]))))
    expect(codes).toEqual(['no error', 'no error', 'no error', 'append-too-large'])
    small.close()
  })

  it('lets a ledger without events go where it is asked to, and one with events stay', async () => {
    const other = newSigner()
    opened.push(await openTestStore(db, { signer }))
    expect(await codeOf(openStore({ signer: other }))).toBe('configuration-invalid')
    opened.push(await openStore())
  })

  it('goes on neither in PostgreSQL with a log of the cluster, nor the other way round', async () => {
    await (await openStore()).append([anAppend()])
    expect(await codeOf(openTestStore(db, { signer }))).toBe('configuration-invalid')
    expect(await codeOf(verifyDatabase(db.ownerPool, { vkey: signer.vkey }))).toBe('configuration-invalid')
    const inPostgres = await anotherDatabase()
    const began = await openTestStore(inPostgres, { signer })
    opened.push(began)
    await began.append([anAppend()])
    expect(await codeOf(openStore({}, inPostgres))).toBe('configuration-invalid')
  })
})

/** A database that answers everything, but for what would add to the index. */
function withoutIndexing({ servicePool }: TestDatabase): TestDatabase['servicePool'] {
  const query = (statement: { name?: string }, ...rest: unknown[]) =>
    statement.name?.startsWith('append')
      ? Promise.reject(new Error('The process is gone.'))
      : (servicePool.query as (...all: unknown[]) => unknown)(statement, ...rest)
  return Object.assign(Object.create(servicePool) as TestDatabase['servicePool'], { query })
}

async function rowsOf({ ownerPool }: TestDatabase): Promise<unknown[]> {
  const tables = ['event order by position', 'tile order by level, index', 'head']
  return Promise.all(tables.map(async (table) => (await ownerPool.query(`select * from ledger.${table}`)).rows))
}
