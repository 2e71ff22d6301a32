import pg from 'pg'
import type { Configuration } from '../configuration.js'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../embedded-postgres/supervisor.js'
import { ConfigurationError, Unavailable } from '../errors.js'
import type { Log } from '../logging/log.js'
import { migrate } from './migrate.js'
import { ASK_ADMINISTRATOR, serviceUrl } from './roles.js'

/** The database as the service uses it: reachable, migrated, and entered with the least privilege. */
export interface OpenDatabase {
  /** What the running service connects with. */
  serviceUrl: string
  /** What migrations and administrative commands connect with. */
  ownerUrl: string
  /** The server we run ourselves, when DATABASE_URL names none. */
  embedded: EmbeddedPostgres | undefined
  /** Lets go of the embedded server; call it last. */
  close(): Promise<void>
}

const INSUFFICIENT_PRIVILEGE = '42501'

/**
 * Brings the database up: the embedded one, or the one that DATABASE_URL names, and its schema.
 * @throws ConfigurationError or Unavailable `database-unreachable`, both without the URL's password
 */
export async function openDatabase(
  configuration: Pick<Configuration, 'databaseUrl' | 'databaseOwnerUrl' | 'dataDirectory'>,
  log: Log,
): Promise<OpenDatabase> {
  const { databaseUrl, databaseOwnerUrl, dataDirectory } = configuration
  const embedded = databaseUrl ? undefined : await startEmbeddedPostgres({ dataDirectory, log })
  const database: OpenDatabase = {
    serviceUrl: embedded?.connectionUrl('service') ?? serviceUrl(databaseUrl!),
    ownerUrl: embedded?.connectionUrl('owner') ?? databaseOwnerUrl ?? databaseUrl!,
    embedded,
    close: async () => embedded?.stop(),
  }
  try {
    await migrate(database.ownerUrl, { log })
    await tryServiceConnection(database.serviceUrl)
    return database
  } catch (error) {
    await database.close()
    throw unreachable(error)
  }
}

async function tryServiceConnection(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
  } catch (error) {
    if ((error as { code?: string }).code === INSUFFICIENT_PRIVILEGE) throw new ConfigurationError(ASK_ADMINISTRATOR)
    throw error
  } finally {
    await client.end()
  }
}

/** Driver errors of a failed connection become one sentence; everything else passes. */
function unreachable(error: unknown): unknown {
  const { code = '' } = error as { code?: string }
  const connection = /^(E[A-Z]+|08...|28...|3D000|57P03|53300)$/.test(code)
  if (!connection) return error
  return new Unavailable(
    'database-unreachable',
    `The database cannot be reached (${code}). Check DATABASE_URL.`,
    {},
    { cause: error },
  )
}
