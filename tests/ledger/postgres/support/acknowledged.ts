/** What a ledger owes its callers: everything it acknowledged, where it said it would be, in a log without a hole. */
import { expect } from '@jest/globals'
import type pg from 'pg'
import type { AppendedEvent } from '../../../../src/ledger/event-store.js'
import { EventReader } from '../../../../src/ledger/postgres/event-reader.js'
import { verifyDatabase } from '../../../../src/ledger/postgres/verify-database.js'

/** Checks the log in full (no hole, dense revisions, leaves, payloads, tiles, tree, signature), then each acknowledged event. */
export async function expectAllKept(
  pool: pg.Pool,
  vkey: string,
  acknowledged: readonly AppendedEvent[],
): Promise<{ size: number }> {
  const verified = await verifyDatabase(pool, { vkey })
  const stored = new Map(
    (await new EventReader(pool).readAll({ from: 0, limit: verified.size, payloads: false })).map((event) => [
      event.header.id,
      event,
    ]),
  )
  expect(stored.size).toBe(verified.size)
  const kept = acknowledged.map(({ id }) => {
    const event = stored.get(id)
    if (!event) return { id, lost: true }
    const { stream, revision, recordedAt } = event.header
    return { id, stream, revision, position: event.position, recordedAt }
  })
  expect(kept).toEqual(acknowledged)
  return verified
}
