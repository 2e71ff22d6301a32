import type { Pool } from 'pg'
import { createPool } from '../platform/database/pool.js'
import type { Log } from '../platform/logging/log.js'

/** Enough for every read model, a rebuild and the requests of a busy moment; the writer's connection is its own. */
const MOST_CONNECTIONS = 16

/** The service's own connections. One that is lost fails the statement of whoever holds it, and never the process. */
export function openServicePool(url: string, log?: Log): Pool {
  const pool = createPool(url, { max: MOST_CONNECTIONS, log })
  // While a connection is lent out nobody else listens, and Node ends a process over an error event without a listener.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
