import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

async function scalar(pool: TestDatabase['servicePool'], sql: string): Promise<unknown> {
  return Object.values((await pool.query<Record<string, unknown>>(sql)).rows[0]!)[0]
}

describe('a test database', () => {
  it('is reached as the service and as the owner', async () => {
    expect(await scalar(db.servicePool, 'select current_user::text')).toBe('twin_ledger_service')
    expect(await scalar(db.ownerPool, 'select current_user::text')).toBe('twin_ledger_owner')
  })

  it('gives the service nothing that no migration granted', async () => {
    await expect(db.servicePool.query('create table public.mine (id int)')).rejects.toMatchObject({ code: '42501' })
    await expect(db.servicePool.query('create schema mine')).rejects.toMatchObject({ code: '42501' })
    await expect(db.servicePool.query('select * from schema_history.checksum')).rejects.toMatchObject({ code: '42501' })
  })

  it('flushes to disk like the real thing', async () => {
    expect(await scalar(db.servicePool, 'show fsync')).toBe('on')
    expect(await scalar(db.servicePool, 'show full_page_writes')).toBe('on')
    expect(await scalar(db.servicePool, 'show data_checksums')).toBe('on')
  })
})
