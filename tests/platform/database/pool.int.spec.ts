import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createPool } from '../../../src/platform/database/pool.js'
import { JsonLogger } from '../../../src/platform/logging/logger.js'
import { killConnections } from '../../support/kill-connections.js'
import { logLines } from '../../support/log-lines.js'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js'
import { until } from '../../support/until.js'

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
    const failed = expect(client.query('select pg_sleep(600)')).rejects.toMatchObject({ code: '57P01' })
    const ended = new Promise<void>((resolve) => client.once('end', resolve))
    await until('the statement to run', async () => {
      const running = await db.ownerPool.query(`select from pg_stat_activity where query = 'select pg_sleep(600)'`)
      return running.rows.length > 0
    })
    await killConnections(db)
    await failed
    await ended
    client.release(true)
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await pool.end()
  })

  it('ends a statement that runs for too long, and names itself to the server', async () => {
    const hurried = createPool(db.serviceUrl, { statementTimeoutMs: 20 })
    await expect(hurried.query('select pg_sleep(600)')).rejects.toMatchObject({ code: '57014' })
    await hurried.end()
    const named = createPool(db.serviceUrl, { applicationName: 'twin-ledger reader' })
    expect((await named.query('show application_name')).rows).toEqual([{ application_name: 'twin-ledger reader' }])
    await named.end()
  })
})
