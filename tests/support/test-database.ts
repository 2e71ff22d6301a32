import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { digestOfMigrations, readMigrationFiles } from '../../src/platform/database/migration-files.js'
import { createPool } from '../../src/platform/database/pool.js'
import { withRole } from '../../src/platform/database/roles.js'
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres/supervisor.js'
import { until } from './until.js'

/** Session advisory lock under which the migrated template database is made once. */
const MAKING_TEMPLATE = 7_409_318_299
/** SQLSTATE object_in_use. */
const OBJECT_IN_USE = '55006'
const OWNER = 'twin_ledger_owner'
const SERVICE = 'twin_ledger_service'

/** A database of its own, with every migration applied, on the server all test files share. */
export interface TestDatabase {
  /** Connects as the least-privileged service role. */
  serviceUrl: string
  /** Connects as the owner of the tables. */
  ownerUrl: string
  /** Connects as superuser, for tests that attack what is stored. */
  adminUrl: string
  servicePool: pg.Pool
  ownerPool: pg.Pool
  /** Closes the pools and removes the database. Call it in afterAll. */
  drop(): Promise<void>
}

interface TestServer {
  url(role: 'admin' | 'owner' | 'service', database: string): string
  release(): Promise<void>
}

export interface TestDatabaseOptions {
  /** Leave it without any migration, for tests of migrating itself. */
  empty?: boolean
}

/**
 * Creates a fresh database. On the server named by TEST_DATABASE_URL (a superuser's URL) when set, else on an embedded
 * one that the first caller of a Jest run starts and the end of the run stops.
 */
export async function createTestDatabase({ empty = false }: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL
    ? await externalServer(process.env.TEST_DATABASE_URL)
    : await sharedServer()
  const database = `test_${randomBytes(8).toString('hex')}`
  await withClient(server.url('admin', 'postgres'), async (admin) => {
    await createFromTemplate(admin, database, empty ? 'template1' : await ensureTemplate(admin, server))
  })
  const [serviceUrl, ownerUrl, adminUrl] = (['service', 'owner', 'admin'] as const).map((role) =>
    server.url(role, database),
  )
  const servicePool = createPool(serviceUrl!)
  const ownerPool = createPool(ownerUrl!)
  const drop = async () => {
    await Promise.all([servicePool.end(), ownerPool.end()])
    await withClient(server.url('admin', 'postgres'), (admin) =>
      onceUnused(() => admin.query(`drop database ${database} with (force)`)),
    )
    await server.release()
  }
  return { serviceUrl: serviceUrl!, ownerUrl: ownerUrl!, adminUrl: adminUrl!, servicePool, ownerPool, drop }
}

async function sharedServer(): Promise<TestServer> {
  const folder = process.env.TWIN_LEDGER_TEST_CLUSTER
  if (!folder) throw new Error('Run tests through jest.config.js: its global setup names the folder of the database.')
  if (madeNow(folder)) guardAgainstOrphans(folder)
  const embedded = await startEmbeddedPostgres({ dataDirectory: folder, size: 'small' })
  return {
    url: (role, database) => embedded.connectionUrl(role, database),
    release: () => embedded.stop({ keepRunning: true }),
  }
}

function madeNow(folder: string): boolean {
  return mkdirSync(folder, { recursive: true }) !== undefined
}

function guardAgainstOrphans(folder: string): void {
  const guard = join(dirname(fileURLToPath(import.meta.url)), 'orphan-guard.js')
  const run = process.env.TWIN_LEDGER_TEST_RUN_PID!
  spawn(process.execPath, [guard, folder, run], { detached: true, stdio: 'ignore' }).unref()
}

/** On somebody else's server the roles are assumed with SET ROLE, as the service does there. */
async function externalServer(adminUrl: string): Promise<TestServer> {
  await withClient(adminUrl, async (admin) => {
    await admin.query('select pg_advisory_lock($1)', [MAKING_TEMPLATE])
    for (const role of [OWNER, SERVICE]) {
      const { rowCount } = await admin.query('select from pg_roles where rolname = $1', [role])
      if (rowCount === 0) await admin.query(`create role ${role} nologin`)
    }
  })
  return {
    url: (role, database) => {
      const url = new URL(adminUrl)
      url.pathname = `/${database}`
      return role === 'admin' ? url.toString() : withRole(url.toString(), role === 'owner' ? OWNER : SERVICE)
    },
    release: async () => {},
  }
}

async function ensureTemplate(admin: pg.Client, server: TestServer): Promise<string> {
  const template = `template_${digestOfMigrations(readMigrationFiles()).slice(0, 16)}`
  await admin.query('select pg_advisory_lock($1)', [MAKING_TEMPLATE])
  try {
    if (await databaseExists(admin, template)) return template
    const draft = `draft_${randomBytes(8).toString('hex')}`
    await admin.query(`grant ${SERVICE} to ${OWNER}`)
    await admin.query(`create database ${draft} owner ${OWNER}`)
    const { migrate } = await import('../../src/platform/database/migrate.js')
    try {
      await migrate(server.url('owner', draft))
    } catch (error) {
      await admin.query(`drop database ${draft} with (force)`)
      throw error
    }
    await admin.query(`alter database ${draft} rename to ${template}`)
    return template
  } finally {
    await admin.query('select pg_advisory_unlock($1)', [MAKING_TEMPLATE])
  }
}

async function createFromTemplate(admin: pg.Client, database: string, template: string): Promise<void> {
  await onceUnused(() => admin.query(`create database ${database} template ${template} owner ${OWNER}`))
  await admin.query(`revoke all on database ${database} from public`)
  await admin.query(`grant connect on database ${database} to ${SERVICE}`)
}

/** A worker of the server itself, such as autovacuum, may be in a database for longer than the five seconds PostgreSQL waits. */
async function onceUnused(act: () => Promise<unknown>): Promise<void> {
  await until('the database to be unused', () =>
    act().then(
      () => true,
      (error: { code?: string }) => {
        if (error.code === OBJECT_IN_USE) return false
        throw error
      },
    ),
  )
}

async function databaseExists(admin: pg.Client, name: string): Promise<boolean> {
  return (await admin.query('select from pg_database where datname = $1', [name])).rowCount === 1
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
