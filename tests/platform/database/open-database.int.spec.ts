import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { openDatabase } from '../../../src/platform/database/open-database.js'
import { serviceUrl, withRole } from '../../../src/platform/database/roles.js'
import { silentLog } from '../../../src/platform/logging/log.js'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase({ empty: true })
})
afterAll(() => db.drop())

async function whoAmI(url: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ name: string }>('select current_user as name')
  await client.end()
  return rows[0]!.name
}

const open = (databaseUrl: string, databaseOwnerUrl?: string) =>
  openDatabase({ databaseUrl, databaseOwnerUrl, dataDirectory: '/nowhere' }, silentLog)

describe('an external database', () => {
  it('named by its owner is entered as the service role', async () => {
    const database = await open(db.adminUrl)
    expect(await whoAmI(database.serviceUrl)).toBe('twin_ledger_service')
    expect(await whoAmI(database.ownerUrl)).not.toBe('twin_ledger_service')
    expect(database.embedded).toBeUndefined()
    await database.close()
  })

  it('named by the service itself is migrated through DATABASE_OWNER_URL', async () => {
    const database = await open(db.serviceUrl, db.adminUrl)
    expect(await whoAmI(database.serviceUrl)).toBe('twin_ledger_service')
    expect(database.ownerUrl).toBe(db.adminUrl)
  })

  it('that may not be altered says what to do', async () => {
    await db.servicePool.query('select 1')
    await expect(open(db.serviceUrl)).rejects.toMatchObject({
      code: expect.stringMatching(/configuration-invalid|42501/),
    })
  })

  it('that is away is named without its password', async () => {
    const failure = await open('postgres://u:hunter2@127.0.0.1:1/x').catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'database-unreachable', message: expect.stringContaining('ECONNREFUSED') })
    expect(String(failure)).not.toContain('hunter2')
  })
})

describe('the URL of the service', () => {
  it('stays as it is for the service role', () => {
    expect(serviceUrl('postgres://twin_ledger_service:x@db/y')).toBe('postgres://twin_ledger_service:x@db/y')
  })

  it('asks for the service role at the start of every other session, beside the options given', () => {
    const url = new URL(
      withRole('postgres://o:p%40ss@db/y?sslmode=require&options=-c%20jit=off', 'twin_ledger_service'),
    )
    expect(url.searchParams.get('options')).toBe('-c jit=off -c role=twin_ledger_service')
    expect(url.searchParams.get('sslmode')).toBe('require')
    expect(decodeURIComponent(url.password)).toBe('p@ss')
  })
})
