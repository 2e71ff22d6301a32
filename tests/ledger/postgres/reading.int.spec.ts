import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Pool } from 'pg'
import { sealedReference } from '../../../src/ledger/payload.js'
import { EventReader } from '../../../src/ledger/postgres/event-reader.js'
import { anEvent, aStream } from '../../support/event-fixtures.js'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js'
import { openTestStore } from '../../support/test-store.js'

const KID = '7b0c6a52-9f0e-4f1c-8a53-0d3f6c1b2a90'

describe('reading from PostgreSQL', () => {
  let db: TestDatabase
  let store: Awaited<ReturnType<typeof openTestStore>>
  const streams = Array.from({ length: 500 }, () => aStream())
  beforeAll(async () => {
    db = await createTestDatabase()
    store = await openTestStore(db)
    const events = () => Array.from({ length: 12 }, () => anEvent())
    await Promise.all(
      streams.map((stream) => store.append([{ stream, expectedRevision: 'no-stream', events: events() }])),
    )
  })
  afterAll(async () => {
    await store.close()
    await db.drop()
  })

  it('gives payloads back byte for byte, whatever bytes they are', async () => {
    const stream = aStream()
    const payloads = [
      Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
      Buffer.from('{"text":"back\\\\slash \\\\101, \\"quoted\\", Grüße, 東京"}'),
      Buffer.alloc(0),
    ]
    const events = payloads.map((payload) => ({ ...anEvent({ payload: sealedReference(payload, KID) }), payload }))
    await store.append([{ stream, expectedRevision: 'no-stream', events }])
    expect((await store.readStream(stream)).map(({ payload }) => payload)).toEqual(payloads)
  })

  it('looks up what it needs and never goes through the whole log, though nothing is known of its tables yet', async () => {
    const plans = await plansOf(db.servicePool, async (reader) => {
      await reader.readStreams(streams.slice(0, 100))
      await reader.readStream(streams[0]!)
      await reader.readAll({ from: 3_000, limit: 100 })
    })
    expect(plans).toHaveLength(3)
    for (const plan of plans) expect(plan).not.toMatch(/Seq Scan|Hash Join/)
  })
})

/** How the server goes about each statement that `read` makes. */
async function plansOf(pool: Pool, read: (reader: EventReader) => Promise<unknown>): Promise<string[]> {
  const plans: string[] = []
  const explaining = {
    async query(asked: string | { text: string; values: unknown[] }, given?: unknown[]) {
      const { text, values } = typeof asked === 'string' ? { text: asked, values: given } : asked
      const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values)
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'))
      return { rows: [] }
    },
  }
  await read(new EventReader(explaining as unknown as Pool))
  return plans
}
