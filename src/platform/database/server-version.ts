import type pg from 'pg'
import { ConfigurationError } from '../errors.js'

const OLDEST = 15

/**
 * Refuses a server that is too old.
 * @throws ConfigurationError
 */
export async function requireSupportedServer(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ version: string }>(`select current_setting('server_version_num') as version`)
  const major = Math.floor(Number(rows[0]!.version) / 10_000)
  if (major < OLDEST) {
    throw new ConfigurationError(`Twin Ledger needs PostgreSQL ${OLDEST} or later; the server is version ${major}.`)
  }
}
