/** Several processes append to one log at once. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { AppendedEvent } from '../../../src/ledger/event-store.js'
import { generateSignerKey, noteSignerFromKey } from '../../../src/ledger/log/note-key.js'
import type { PostgresEventStore } from '../../../src/ledger/postgres/postgres-event-store.js'
import { anEvent, aStream } from '../../support/event-fixtures.js'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js'
import { openTestStore, testSigner } from '../../support/test-store.js'
import { startTypeScript } from '../../support/typescript-child.js'
import { until } from '../../support/until.js'
import { expectAllKept } from './support/acknowledged.js'

describe('several processes that append to one log', () => {
  const writer = join(dirname(fileURLToPath(import.meta.url)), 'crash-writer.ts')
  let db: TestDatabase
  beforeAll(async () => {
    db = await createTestDatabase()
  })
  afterAll(() => db.drop())

  // proves TL-LED-005
  it('make one dense log in which everything acknowledged by any of them is found', async () => {
    const signerKey = generateSignerKey('ledger.example/several')
    const children = Array.from({ length: 3 }, () => startTypeScript(writer, [db.serviceUrl, signerKey, '8']))
    const acknowledged = await Promise.all(
      children.map(async (child) => {
        const events: AppendedEvent[] = []
        while (events.length < 250) events.push(await child.nextLine<AppendedEvent>())
        return events
      }),
    )
    await Promise.all(children.map((child) => child.kill()))
    await expectAllKept(db.servicePool, noteSignerFromKey(signerKey).vkey, acknowledged.flat())
    for (const events of acknowledged) expectOrderKept(events)
  })

  /** Each client of the writer has a stream of its own and waits for its answer, so both orders must agree. */
  function expectOrderKept(events: readonly AppendedEvent[]): void {
    for (const name of new Set(events.map(({ stream }) => stream))) {
      const own = events.filter(({ stream }) => stream === name)
      expect(own.map(({ revision }) => revision)).toEqual(own.map((_, index) => index))
      expect(own.map(({ position }) => position)).toEqual(own.map(({ position }) => position).sort((a, b) => a - b))
    }
  }
})

describe('a batch that was planned on one that did not come about', () => {
  // proves TL-LED-005
  it('is refused even where another writer has left a log of just the size it was planned on', async () => {
    const db = await createTestDatabase()
    const [one, other] = await Promise.all([openTestStore(db), openTestStore(db)])
    const append = (store: PostgresEventStore) =>
      store.append([{ stream: aStream(), expectedRevision: 'no-stream', events: [anEvent()] }])
    const gate = await db.ownerPool.connect()
    await gate.query('begin; select from ledger.head for update')
    const waiting = async (count: number) => {
      const { rows } = await db.ownerPool.query<{ count: number }>(
        `select count(*)::integer as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      return rows[0]!.count === count
    }
    const first = append(other)
    await until('the other writer to stand at the head', () => waiting(1))
    // Both in flight: the second is planned on what the first will leave.
    const second = [append(one), append(one)]
    await until('both writers to stand at the head', () => waiting(2))
    await gate.query('commit')
    gate.release()
    const answers = await Promise.all([first, ...second])
    const { size } = await expectAllKept(
      db.servicePool,
      testSigner.vkey,
      answers.flatMap(({ events }) => events),
    )
    expect(size).toBe(3)
    await Promise.all([one.close(), other.close()])
    await db.drop()
  })
})

describe('two stores over the same streams', () => {
  let db: TestDatabase
  let stores: PostgresEventStore[]
  beforeAll(async () => {
    db = await createTestDatabase()
    stores = await Promise.all([openTestStore(db), openTestStore(db)])
  })
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()))
    await db.drop()
  })

  it('let exactly one of them win a revision', async () => {
    for (let round = 0; round < 20; round++) {
      const stream = aStream()
      const outcomes = await Promise.all(
        stores.map((store) =>
          store.append([{ stream, expectedRevision: 'no-stream', events: [anEvent()] }]).then(
            () => 'won',
            ({ code }: { code: string }) => code,
          ),
        ),
      )
      expect(outcomes.sort()).toEqual(['revision-conflict', 'won'])
    }
  })

  it('take every append whose revision does not matter, and write each once', async () => {
    const stream = aStream()
    const requests = Array.from({ length: 40 }, () => ({
      stream,
      expectedRevision: 'any' as const,
      events: [anEvent()],
    }))
    const answers = await Promise.all(requests.flatMap((request) => stores.map((store) => store.append([request]))))
    expect(new Set(answers.map(({ events }) => events[0]!.position)).size).toBe(40)
    const events = await stores[0]!.readStream(stream)
    expect(events.map(({ header }) => header.revision)).toEqual(Array.from({ length: 40 }, (_, index) => index))
  })

  it('acknowledge in stream order, whatever arrives where', async () => {
    const step = fc.record({ store: fc.nat(1), stream: fc.nat(2), count: fc.integer({ min: 1, max: 3 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 4 }), async (rounds) => {
        const streams = [aStream(), aStream(), aStream()]
        const acknowledged: AppendedEvent[][] = []
        for (const round of rounds)
          acknowledged.push(
            (
              await Promise.all(
                round.map(({ store, stream, count }) =>
                  stores[store]!.append([
                    {
                      stream: streams[stream]!,
                      expectedRevision: 'any',
                      events: Array.from({ length: count }, () => anEvent()),
                    },
                  ]),
                ),
              )
            ).flatMap(({ events }) => events),
          )
        // Whatever was acknowledged before a round began lies before everything the round wrote.
        for (const [index, events] of acknowledged.entries())
          for (const earlier of acknowledged.slice(0, index).flat())
            expect(events.every(({ position }) => position > earlier.position)).toBe(true)
        await expectAllKept(db.servicePool, testSigner.vkey, acknowledged.flat())
      }),
      { numRuns: 20 },
    )
  })
})
