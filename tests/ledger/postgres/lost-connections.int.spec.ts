/** The database goes away and comes back while events are appended. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { AppendedEvent, AppendResult, StreamAppend } from '../../../src/ledger/event-store.js'
import type { PostgresEventStore } from '../../../src/ledger/postgres/postgres-event-store.js'
import { anEvent, aStream } from '../../support/event-fixtures.js'
import { killConnections } from '../../support/kill-connections.js'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js'
import { openTestStore, testSigner } from '../../support/test-store.js'
import { until } from '../../support/until.js'
import { expectAllKept } from './support/acknowledged.js'
import { openBlockingProxy, type BlockingProxy } from './support/blocking-proxy.js'

type Outcome = { request: StreamAppend; answer: AppendResult } | { request: StreamAppend; refused: string }

const aRequest = (): StreamAppend => ({ stream: aStream(), expectedRevision: 'no-stream', events: [anEvent()] })

const attempt = (store: PostgresEventStore, request: StreamAppend): Promise<Outcome> =>
  store.append([request]).then(
    (answer) => ({ request, answer }),
    ({ code }: { code: string }) => ({ request, refused: code }),
  )

describe('a store whose connections are lost', () => {
  let db: TestDatabase
  let store: PostgresEventStore
  beforeEach(async () => {
    db = await createTestDatabase()
  })
  afterEach(async () => {
    await store.close()
    await db.drop()
  })

  /** Clients append until `enough`, while every connection is ended again and again. */
  async function underFire(client: () => Promise<void>, enough: () => boolean, progress: () => number): Promise<void> {
    const clients = Array.from({ length: 16 }, async () => {
      while (!enough()) await client()
    })
    for (let next = progress() + 40; !enough(); next = progress() + 40) {
      await until('progress', () => enough() || progress() >= next)
      await killConnections(db)
    }
    await Promise.all(clients)
  }

  it('acknowledges or refuses each append, and wrote what it acknowledged exactly once', async () => {
    store = await openTestStore(db)
    const outcomes: Outcome[] = []
    await underFire(
      async () => void outcomes.push(await attempt(store, aRequest())),
      () => outcomes.length >= 500,
      () => outcomes.length,
    )
    const acknowledged = outcomes.flatMap((outcome) => ('answer' in outcome ? outcome.answer.events : []))
    await expectAllKept(db.servicePool, testSigner.vkey, acknowledged)
    expect(acknowledged.length).toBeGreaterThan(0)
    expect(new Set(outcomes.map((outcome) => ('refused' in outcome ? outcome.refused : 'store-unavailable')))).toEqual(
      new Set(['store-unavailable']),
    )
  })

  it('writes nothing twice when callers repeat what was refused', async () => {
    store = await openTestStore(db)
    const acknowledged: AppendedEvent[] = []
    const stubborn = async () => {
      const request = aRequest()
      let outcome: Outcome
      do outcome = await attempt(store, request)
      while ('refused' in outcome)
      acknowledged.push(...outcome.answer.events)
    }
    await underFire(
      stubborn,
      () => acknowledged.length >= 500,
      () => acknowledged.length,
    )
    const { size } = await expectAllKept(db.servicePool, testSigner.vkey, acknowledged)
    expect(size).toBe(acknowledged.length)
  })

  it('gives the first answer when a request is sent again after its answer was lost', async () => {
    store = await openTestStore(db)
    const request = aRequest()
    const first = await store.append([request])
    await killConnections(db)
    const again = await store.append([request])
    expect(again.replayed).toBe(true)
    expect(again.events).toEqual(first.events)
  })

  describe('behind a network that fails', () => {
    let proxy: BlockingProxy
    beforeEach(async () => {
      proxy = await openBlockingProxy(db.serviceUrl)
      // Short, and longer than a machine that is busy needs for a connection.
      store = await openTestStore(db, { writerUrl: proxy.url, patienceMs: 2_000 })
    })
    afterEach(() => proxy.close())

    it.each(['cut', 'freeze'] as const)(
      'refuses when its patience ends, and goes on when the network is back: %s',
      async (fault) => {
        const before = await store.append([aRequest()])
        proxy[fault]()
        const requests = Array.from({ length: 20 }, aRequest)
        const refused = await Promise.all(requests.map((request) => attempt(store, request)))
        expect(refused.map((outcome) => 'refused' in outcome && outcome.refused)).toEqual(
          requests.map(() => 'store-unavailable'),
        )
        proxy.restore()
        const repeated: Outcome[] = []
        for (const request of requests) {
          let outcome: Outcome
          do outcome = await attempt(store, request)
          while ('refused' in outcome)
          repeated.push(outcome)
        }
        const acknowledged = repeated.flatMap((outcome) => ('answer' in outcome ? outcome.answer.events : []))
        const { size } = await expectAllKept(db.servicePool, testSigner.vkey, [...before.events, ...acknowledged])
        expect(size).toBe(21)
      },
    )
  })

  it('never continues a log that went back in time under it', async () => {
    store = await openTestStore(db)
    await store.append([aRequest()])
    const { rows } = await db.ownerPool.query('select * from ledger.head')
    const kept = rows[0] as { size: string; frontier: Buffer; checkpoint: string; recorded_ms: string }
    await store.append([aRequest()])
    await db.ownerPool.query('alter table ledger.event disable trigger all')
    await db.ownerPool.query('delete from ledger.event where position = 1')
    await db.ownerPool.query('update ledger.head set size = $1, frontier = $2, checkpoint = $3, recorded_ms = $4', [
      kept.size,
      kept.frontier,
      kept.checkpoint,
      kept.recorded_ms,
    ])
    await expect(store.append([aRequest()])).rejects.toMatchObject({
      code: 'store-unavailable',
      cause: { code: 'log-rolled-back', details: { size: 1, seen: 2 } },
    })
  })
})
