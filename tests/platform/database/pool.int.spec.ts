import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createPool } from '../../../src/platform/database/pool.js'
import { JsonLogger } from '../../../src/platform/logging/logger.js'
import { killConnections } from '../../support/kill-connections.js'
import { logLines } from '../../support/log-lines.js'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

describe('a pool', () => {
  it('survives the loss of an idle connection and says so', async () => {
    const log = logLines()
    const pool = createPool(db.serviceUrl, { max: 1, log: new JsonLogger('info', log.destination) })
    const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
    const removed = new Promise((resolve) => pool.once('remove', resolve))
    const admin = createPool(db.adminUrl)
    await admin.query('select pg_terminate_backend($1)', [rows[0]!.pid])
    await admin.end()
    await removed
    expect((await pool.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid).not.toBe(rows[0]!.pid)
    expect(log.lines()).toEqual([expect.objectContaining({ level: 'warn', code: '57P01' })])
    await pool.end()
  })

  it('survives the loss of a connection that is lent out; only the statement on it fails', async () => {
    const pool = createPool(db.serviceUrl, { max: 1 })
    const client = await pool.connect()
    const failed = expect(client.query('select pg_sleep(10)')).rejects.toMatchObject({ code: '57P01' })
    const ended = new Promise<void>((resolve) => client.once('end', resolve))
    await killConnections(db)
    await failed
    await ended
    client.release(true)
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await pool.end()
  })

  it('ends a statement that runs for too long, and names itself to the server', async () => {
    const pool = createPool(db.serviceUrl, { statementTimeoutMs: 20, applicationName: 'twin-ledger reader' })
    await expect(pool.query('select pg_sleep(10)')).rejects.toMatchObject({ code: '57014' })
    expect((await pool.query('show application_name')).rows).toEqual([{ application_name: 'twin-ledger reader' }])
    await pool.end()
  })
})
