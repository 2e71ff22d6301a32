import pg from 'pg'
import { silentLog, type Log } from '../logging/log.js'

export interface PoolOptions {
  /** Shown in pg_stat_activity; default `twin-ledger`. */
  applicationName?: string
  /** Most connections; default 10. */
  max?: number
  /** Longest any statement may run, in milliseconds; default 30,000; 0 for no limit. */
  statementTimeoutMs?: number
  log?: Log
}

/**
 * A pool of raw pg connections for the append path and for hot projections. An error on an idle connection (the server
 * restarted) is logged and the connection replaced; it never ends the process.
 * @param url `postgres://…`
 */
export function createPool(url: string, options: PoolOptions = {}): pg.Pool {
  const { applicationName = 'twin-ledger', max = 10, statementTimeoutMs = 30_000, log = silentLog } = options
  const pool = new pg.Pool({
    connectionString: url,
    application_name: applicationName,
    max,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: 60_000,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  })
  pool.on('error', (error) => {
    log.warn('Lost an idle database connection; the pool replaces it.', { code: (error as { code?: string }).code })
  })
  return pool
}
