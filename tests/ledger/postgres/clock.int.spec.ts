import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { PostgresEventStore } from '../../../src/ledger/postgres/postgres-event-store.js'
import { anEvent, aStream } from '../../support/event-fixtures.js'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js'
import { openTestStore } from '../../support/test-store.js'

const NOON = Date.parse('2026-03-14T12:00:00.000Z')
const HOUR = 3_600_000

// proves TL-LED-006
describe('a server clock that jumps back', () => {
  let db: TestDatabase
  let now: number
  let behind: number[]
  const open = () => openTestStore(db, { now: () => now, onClockBehind: (byMs) => behind.push(byMs) })
  const appendTo = async (store: PostgresEventStore) =>
    (await store.append([{ stream: aStream(), expectedRevision: 'no-stream', events: [anEvent()] }])).events[0]!
      .recordedAt
  beforeEach(async () => {
    db = await createTestDatabase()
    now = NOON
    behind = []
  })
  afterEach(() => db.drop())

  it('does not turn time in the log back, and is reported with how far it stands behind', async () => {
    const store = await open()
    expect(await appendTo(store)).toBe('2026-03-14T12:00:00.000Z')
    expect(behind).toEqual([])
    now = NOON - HOUR
    expect(await appendTo(store)).toBe('2026-03-14T12:00:00.000Z')
    expect(behind).toEqual([HOUR])
    now = NOON + 5
    expect(await appendTo(store)).toBe('2026-03-14T12:00:00.005Z')
    expect(behind).toEqual([HOUR])
    await store.close()
  })

  it('does not do so across a restart either', async () => {
    const first = await open()
    await appendTo(first)
    await first.close()
    now = NOON - HOUR
    const second = await open()
    expect(await appendTo(second)).toBe('2026-03-14T12:00:00.000Z')
    expect(behind).toEqual([HOUR])
    await second.close()
  })

  it('does not do so between two processes whose clocks differ', async () => {
    const right = await open()
    const late = await openTestStore(db, { now: () => NOON - HOUR })
    expect(await appendTo(right)).toBe('2026-03-14T12:00:00.000Z')
    expect(await appendTo(late)).toBe('2026-03-14T12:00:00.000Z')
    await Promise.all([right.close(), late.close()])
  })
})
