/** Back-ups of single schemas, taken and restored row by row, as pg_dump --schema and pg_restore would. */
import pg from 'pg'
import type { TestDatabase } from '../../support/test-database.js'

const TABLES = {
  vault: ['subject_key', 'identifier', 'key_encryption_key', 'destruction', 'searched_log'],
  ledger: ['event', 'payload', 'tile', 'head'],
} as const
export type BackedUp = keyof typeof TABLES

/** A superuser, for whom the triggers that refuse change are switched off, as during a restore. */
async function asAdministrator<T>(db: TestDatabase, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: db.adminUrl })
  await client.connect()
  try {
    await client.query('set session_replication_role = replica')
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Keeps the rows of these schemas as they are now; the returned function brings them back. */
export async function backUp(db: TestDatabase, schemas: readonly BackedUp[]): Promise<() => Promise<void>> {
  const copies = schemas.flatMap((schema) => TABLES[schema].map((table) => ({ schema, table })))
  const name = `backup_${Math.random().toString(36).slice(2)}`
  await asAdministrator(db, async (client) => {
    await client.query(`create schema ${name}`)
    for (const { schema, table } of copies)
      await client.query(`create table ${name}.${schema}_${table} as table ${schema}.${table}`)
  })
  return () =>
    asAdministrator(db, async (client) => {
      for (const { schema, table } of copies) {
        await client.query(`delete from ${schema}.${table}`)
        await client.query(`insert into ${schema}.${table} select * from ${name}.${schema}_${table}`)
      }
    })
}
