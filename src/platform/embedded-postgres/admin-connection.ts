import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { ADMIN_ROLE } from './initialise-cluster.js'

const PATIENCE_MS = 10_000
const RETRY_MS = 50
/** cannot_connect_now: starting up, recovering or shutting down. */
const NOT_YET = new Set(['ECONNREFUSED', 'ECONNRESET', '57P03'])

/**
 * Connects as superuser over loopback. SCRAM proves both ways: a stranger who took the port cannot answer for our
 * cluster. A server that is still starting is waited for.
 */
export async function connectAdmin(port: number, password: string, patienceMs = PATIENCE_MS): Promise<pg.Client> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const client = new pg.Client({
      host: '127.0.0.1',
      port,
      user: ADMIN_ROLE,
      password,
      database: 'postgres',
      application_name: 'twin-ledger supervisor',
      keepAlive: true,
    })
    // A lost connection is reported through `end`; without a listener it would end the process.
    client.on('error', () => {})
    try {
      await client.connect()
      return client
    } catch (error) {
      const { code } = error as { code?: string }
      if (!(code && NOT_YET.has(code)) || Date.now() > deadline) throw error
      await delay(RETRY_MS)
    }
  }
}
