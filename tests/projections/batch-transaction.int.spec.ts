import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { EventHeader } from '../../src/ledger/event.js'
import { BatchTransaction, Overtaken } from '../../src/projections/batch-transaction.js'
import { readCheckpoint, registerCheckpoint } from '../../src/projections/checkpoint-row.js'
import { createTestDatabase, type TestDatabase } from '../support/test-database.js'

const header = { recordedAt: '2026-01-01T00:00:00.000Z' } as EventHeader
const eventsFrom = (from: number) =>
  [from, from + 1].map((position) => ({ position, header, data: null, present: true }))
const noted = 'insert into batch_note (note) values (1)'

/** A read model may write something of a batch or nothing; what moves its checkpoint is the same. */
describe.each([
  { what: 'a batch of which nothing is written', statements: [] },
  { what: 'a batch of which something is written', statements: [noted, noted] },
])('$what', ({ statements }) => {
  let db: TestDatabase
  let name: string
  beforeAll(async () => {
    db = await createTestDatabase()
    await db.ownerPool.query(
      'create table read.batch_note (note integer); alter table read.batch_note owner to twin_ledger_service',
    )
  })
  afterAll(() => db.drop())
  beforeEach(async () => {
    name = `notes-${randomUUID().slice(0, 8)}`
    await db.servicePool.query('delete from read.batch_note')
    await registerCheckpoint(db.servicePool, { name, version: 2, tables: ['batch_note'], apply: async () => undefined })
  })

  const position = async () => (await readCheckpoint(db.servicePool, name))!.position
  const notes = async () =>
    (await db.servicePool.query<{ n: number }>('select count(*)::int as n from read.batch_note')).rows[0]!.n
  /** As the runner does. */
  const applied = async (from: number, version = 2) => {
    const batch = new BatchTransaction(db.servicePool, { name, version }, eventsFrom(from))
    try {
      for (const statement of statements) await batch.query(statement)
      return await batch.commit()
    } catch (error) {
      throw await batch.rollBack(error)
    }
  }

  it('moves the checkpoint behind it, together with what was written', async () => {
    expect(await applied(0)).toBe(2)
    expect(await position()).toBe(2)
    expect(await notes()).toBe(statements.length)
  })

  it('is not applied where the checkpoint stands elsewhere', async () => {
    await expect(applied(5)).rejects.toThrow(Overtaken)
    expect(await position()).toBe(0)
    expect(await notes()).toBe(0)
  })

  it('is not applied by code that is older than the tables', async () => {
    await expect(applied(0, 1)).rejects.toThrow(Overtaken)
    expect(await position()).toBe(0)
  })

  it('is not applied while another process works on the same', async () => {
    const other = await db.servicePool.connect()
    await other.query('begin')
    await other.query('select from read.projection where name = $1 for update', [name])
    await expect(applied(0)).rejects.toThrow(Overtaken)
    await other.query('rollback')
    other.release()
    expect(await applied(0)).toBe(2)
  })

  it('is not applied to a halted read model', async () => {
    await db.servicePool.query(`update read.projection set status = 'halted' where name = $1`, [name])
    await expect(applied(0)).rejects.toThrow(Overtaken)
  })

  it('leaves nothing behind when it is given up', async () => {
    const batch = new BatchTransaction(db.servicePool, { name, version: 2 }, eventsFrom(0))
    for (const statement of statements) await batch.query(statement)
    const cause = new Error('given up')
    expect(await batch.rollBack(cause)).toBe(cause)
    expect(await position()).toBe(0)
    expect(await notes()).toBe(0)
    expect(await applied(0)).toBe(2)
  })
})
