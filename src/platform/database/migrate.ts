import pg from 'pg'
import type { MigrationInterface, QueryRunner } from 'typeorm'
import { ConfigurationError, IntegrityError } from '../errors.js'
import { silentLog, type Log } from '../logging/log.js'
import { createDataSource } from './data-source.js'
import { readMigrationFiles, type MigrationFile } from './migration-files.js'
import { ensureServiceRole } from './roles.js'
import { requireSupportedServer } from './server-version.js'

/** Schema that holds what was applied: TypeORM's own table, and the checksum of each file. */
const HISTORY = 'schema_history'
/** Session advisory lock: TypeORM takes none, and two instances migrating at once would deadlock. */
const MIGRATING = 7_409_318_201
/** TypeORM orders migrations by a 13-digit time in their name; ours is the file's number above this. */
const TIME_ZERO = 1_700_000_000_000
const INSUFFICIENT_PRIVILEGE = '42501'

export interface MigrateOptions {
  /** Default `migrations/` of this installation. */
  folder?: string
  log?: Log
}

/**
 * Brings the schema up to date: every file of `migrations/` not applied yet, in order, each in its own transaction
 * together with the record of its checksum. Instances that start together wait for one another.
 * @param ownerUrl connection of the role that owns the tables
 * @returns the files applied by this call
 * @throws IntegrityError `migration-changed` or `migration-unknown` when the database and the files disagree,
 *         ConfigurationError for an unsupported server or missing rights
 */
export async function migrate(ownerUrl: string, { folder, log = silentLog }: MigrateOptions = {}): Promise<string[]> {
  const files = readMigrationFiles(folder)
  const guard = new pg.Client({
    connectionString: ownerUrl,
    application_name: 'twin-ledger migrations',
    keepAlive: true,
  })
  await guard.connect()
  try {
    await requireSupportedServer(guard)
    await guard.query('select pg_advisory_lock($1)', [MIGRATING])
    await ensureServiceRole(guard)
    await prepareHistory(guard)
    const applied = await checkHistory(guard, files)
    const pending = files.filter(({ file }) => !applied.has(file))
    if (pending.length > 0) await applyMigrations(ownerUrl, files, log)
    return pending.map(({ file }) => file)
  } finally {
    await guard.end()
  }
}

async function prepareHistory(client: pg.Client): Promise<void> {
  try {
    await client.query(`
      create schema if not exists ${HISTORY};
      create table if not exists ${HISTORY}.checksum (
        file text primary key,
        sha256 text not null,
        applied_at timestamptz not null default now()
      )`)
  } catch (error) {
    if ((error as { code?: string }).code !== INSUFFICIENT_PRIVILEGE) throw error
    throw new ConfigurationError(
      'The database role may not change the schema. Set DATABASE_OWNER_URL to a connection that may.',
    )
  }
}

async function checkHistory(client: pg.Client, files: readonly MigrationFile[]): Promise<Set<string>> {
  const { rows } = await client.query<{ file: string; sha256: string }>(`select file, sha256 from ${HISTORY}.checksum`)
  const known = new Map(files.map(({ file, checksum }) => [file, checksum]))
  for (const { file, sha256 } of rows) {
    const checksum = known.get(file)
    if (checksum === undefined) {
      throw new IntegrityError(
        'migration-unknown',
        `The database has ${file}, which this version does not: use a newer version.`,
      )
    }
    if (checksum !== sha256) {
      throw new IntegrityError(
        'migration-changed',
        `${file} was changed after it was applied. Restore it and add a new migration.`,
      )
    }
  }
  return new Set(rows.map(({ file }) => file))
}

async function applyMigrations(ownerUrl: string, files: readonly MigrationFile[], log: Log): Promise<void> {
  const dataSource = createDataSource(ownerUrl, {
    applicationName: 'twin-ledger migrations',
    schema: HISTORY,
    migrations: files.map((file) => migrationClass(file, log)),
    poolSize: 1,
  })
  await dataSource.initialize()
  try {
    await dataSource.runMigrations({ transaction: 'each' })
  } finally {
    await dataSource.destroy()
  }
}

/** Wraps a SQL file as the class TypeORM wants. There is no way down: a mistake is corrected by the next migration. */
function migrationClass({ file, number, sql, checksum }: MigrationFile, log: Log) {
  return class implements MigrationInterface {
    readonly name = `${file.replace(/\.sql$/, '')}-${TIME_ZERO + number}`

    async up(queryRunner: QueryRunner): Promise<void> {
      log.info('Applying a migration.', { file })
      await queryRunner.query(sql)
      await queryRunner.query(`insert into ${HISTORY}.checksum (file, sha256) values ($1, $2)`, [file, checksum])
    }

    async down(): Promise<void> {
      throw new Error(`${file} cannot be undone; correct it with a new migration.`)
    }
  }
}
