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
 * A pool of raw pg connections for the append path and for hot projections. No lost connection ends the process: an idle
 * one is logged and replaced, one that is lent out fails the statement of whoever holds it.
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
  // While a connection is lent out nobody else listens, and Node ends a process over an error event without a listener.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
