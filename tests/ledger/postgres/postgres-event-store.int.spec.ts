import { describe, expect, it } from '@jest/globals'
import { createTestDatabase } from '../../support/test-database.js'
import { openTestStore } from '../../support/test-store.js'
import { describeEventStore } from '../event-store.contract.js'

describeEventStore('PostgreSQL', async () => {
  const db = await createTestDatabase()
  const store = await openTestStore(db)
  return {
    store,
    close: async () => {
      await store.close()
      await db.drop()
    },
  }
})

describe('room for further events', () => {
  it('is made while somebody reads the log, and a boundary between partitions is nothing special', async () => {
    const db = await createTestDatabase()
    const reader = await db.ownerPool.connect()
    await reader.query('begin; select count(*) from ledger.event')
    await db.servicePool.query('select ledger.extend($1)', [3 * 2 ** 24])
    await reader.query('commit')
    reader.release()
    const { rows } = await db.ownerPool.query<{ n: string }>(
      `select count(*) as n from pg_inherits where inhparent = 'ledger.event'::regclass`,
    )
    expect(Number(rows[0]!.n)).toBe(4)
    await db.drop()
  })
})
