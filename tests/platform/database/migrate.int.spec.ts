import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../../../src/platform/database/migrate.js'
import { readMigrationFiles } from '../../../src/platform/database/migration-files.js'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js'

let db: TestDatabase
let folder: string

beforeAll(async () => {
  db = await createTestDatabase({ empty: true })
})
afterAll(() => db.drop())

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twin-ledger-migrations-'))
  await db.ownerPool.query('drop schema if exists schema_history cascade; drop schema if exists m cascade')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (file: string, sql: string) => writeFileSync(join(folder, file), sql)
const run = () => migrate(db.ownerUrl, { folder })

async function tables(): Promise<string[]> {
  const sql = `select table_name as name from information_schema.tables where table_schema = 'm' order by 1`
  return (await db.ownerPool.query<{ name: string }>(sql)).rows.map(({ name }) => name)
}

describe('migrating', () => {
  it('applies what is missing, in the order of the numbers, once', async () => {
    write('0002-second.sql', 'create table m.second (id int); create table m.third (id int)')
    write('0001-first.sql', 'create schema m')
    expect(await run()).toEqual(['0001-first.sql', '0002-second.sql'])
    expect(await run()).toEqual([])
    write('0003-fourth.sql', 'create table m.fourth (id int)')
    expect(await run()).toEqual(['0003-fourth.sql'])
    expect(await tables()).toEqual(['fourth', 'second', 'third'])
  })

  it('is done once when instances start together', async () => {
    write('0001-first.sql', 'create schema m; create table m.counter as select 0 as n')
    for (let number = 2; number <= 5; number++) {
      write(`000${number}-step.sql`, 'update m.counter set n = n + 1; select pg_sleep(0.02)')
    }
    const applied = await Promise.all([run(), run(), run()])
    expect(applied.flat()).toHaveLength(5)
    expect((await db.ownerPool.query('select n from m.counter')).rows).toEqual([{ n: 4 }])
  })

  it('leaves nothing of a migration that fails, and keeps those before it', async () => {
    write('0001-first.sql', 'create schema m')
    write('0002-broken.sql', 'create table m.half (id int); select 1 / 0')
    await expect(run()).rejects.toThrow('division by zero')
    expect(await tables()).toEqual([])
    write('0002-broken.sql', 'create table m.whole (id int)')
    expect(await run()).toEqual(['0002-broken.sql'])
  })

  // proves TL-OPS-003
  it('refuses a file that was changed after it was applied', async () => {
    write('0001-first.sql', 'create schema m')
    await run()
    write('0001-first.sql', 'create schema m; create table m.sneaked_in (id int)')
    await expect(run()).rejects.toMatchObject({ code: 'migration-changed' })
  })

  // proves TL-OPS-003
  it('refuses a database that is newer than the files', async () => {
    write('0001-first.sql', 'create schema m')
    await run()
    rmSync(join(folder, '0001-first.sql'))
    await expect(run()).rejects.toMatchObject({ code: 'migration-unknown' })
  })
})

describe('the files of migrations', () => {
  it.each(['1-short.sql', '0001_underscore.sql', '0001-Upper.sql'])('named %s are refused', (file) => {
    write(file, '')
    expect(() => readMigrationFiles(folder)).toThrow('is misnamed')
  })

  it('with one number twice are refused', () => {
    write('0001-a.sql', '')
    write('0001-b.sql', '')
    expect(() => readMigrationFiles(folder)).toThrow('Migrations 0001-a.sql and 0001-b.sql have the same number.')
  })
})
