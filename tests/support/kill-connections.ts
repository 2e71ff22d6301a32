import pg from 'pg'
import type { TestDatabase } from './test-database.js'

/** Ends every connection to the test database, as a restarted or unreachable server would; returns when none of them is left. */
export async function killConnections({ adminUrl }: TestDatabase): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query(
    'select pg_terminate_backend(pid, 60000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  await admin.end()
}
