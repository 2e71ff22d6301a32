import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { StoredEvent } from '../../../src/ledger/event.js'
import { decodeEntryBundle } from '../../../src/ledger/log/entry-bundle.js'
import { leafHash } from '../../../src/ledger/log/hash.js'
import type { LogSource } from '../../../src/ledger/log/log-source.js'
import { verifyLog } from '../../../src/ledger/log/verify-log.js'
import { postgresLogSource } from '../../../src/ledger/postgres/log-source.js'
import type { PostgresEventStore } from '../../../src/ledger/postgres/postgres-event-store.js'
import { anEvent, aStream } from '../../support/event-fixtures.js'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js'
import { openTestStore, testSigner } from '../../support/test-store.js'

const SIZES = [0, 1, 255, 256, 257, 1000]

describe('the log as the database serves it', () => {
  let db: TestDatabase
  let store: PostgresEventStore
  let source: LogSource
  let size = 0
  beforeAll(async () => {
    db = await createTestDatabase()
    store = await openTestStore(db)
    source = postgresLogSource(db.servicePool)
  })
  afterAll(async () => {
    await store.close()
    await db.drop()
  })

  async function growTo(target: number): Promise<void> {
    const events = Array.from({ length: target - size }, () => anEvent())
    if (events.length > 0) await store.append([{ stream: aStream(), expectedRevision: 'no-stream', events }])
    size = target
  }
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'served',
      ({ code }: { code: string }) => code,
    )

  it('verifies as it grows, each time as an extension of what was seen before', async () => {
    let lastSeen: string | undefined
    for (const target of SIZES) {
      await growTo(target)
      const verified = await verifyLog(source, { vkey: testSigner.vkey, lastSeen })
      expect([verified.checkpoint.size, verified.entries]).toEqual([target, target])
      lastSeen = verified.signed
    }
  })

  describe('at 1000 events', () => {
    let events: StoredEvent[]
    beforeAll(async () => {
      await growTo(1000)
      events = await store.readAll({ from: 0, limit: 1000, payloads: false })
    })

    it.each([
      [0, 1],
      [0, 255],
      [0, 256],
      [1, 1],
      [1, 128],
      [2, 256],
      [3, 1],
      [3, 231],
      [3, 232],
    ])('serves level-0 tile %i and its entries in the historic width %i', async (index, width) => {
      const leaves = events.slice(index * 256, index * 256 + width).map(({ leaf }) => leaf)
      expect(await source.tile(0, index, width)).toEqual(Buffer.concat(leaves.map((leaf) => leafHash(leaf))))
      expect(decodeEntryBundle(await source.entries(index, width), width)).toEqual(leaves)
    })

    it.each([1, 2, 3])('serves the level-1 tile in the historic width %i', async (width) => {
      expect(await source.tile(1, 0, width)).toHaveLength(32 * width)
    })

    it.each([
      [0, 3, 233],
      [0, 3, 256],
      [0, 4, 1],
      [1, 0, 4],
      [1, 1, 1],
      [2, 0, 1],
    ])('refuses what the log does not have: level %i, tile %i, width %i', async (level, index, width) => {
      expect(await codeOf(source.tile(level, index, width))).toBe('tile-not-found')
    })

    it.each([0, 257])('refuses a width that no tile can have: %i', async (width) => {
      expect(await codeOf(source.tile(0, 0, width))).toBe('tile-path-malformed')
      expect(await codeOf(source.entries(0, width))).toBe('tile-path-malformed')
    })

    it.each([
      [3, 233],
      [4, 1],
    ])('refuses entries it does not have: bundle %i, width %i', async (index, width) => {
      expect(await codeOf(source.entries(index, width))).toBe('tile-not-found')
    })
  })
})
