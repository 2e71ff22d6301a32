import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { ADMIN_ROLE } from './initialise-cluster.js'

const PATIENCE_MS = 60_000
const RETRY_MS = 50
/** cannot_connect_now (starting, recovering, shutting down) and what a server that just died leaves behind. */
const NOT_YET = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03'])

/**
 * Connects as superuser over loopback. SCRAM proves both ways: a stranger who took the port cannot answer for our
 * cluster.
 */
export async function connectAdmin(port: number, password: string): Promise<pg.Client> {
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
  await client.connect()
  return client
}

/** Repeats `work` while the server does not take connections yet, for up to a minute. */
export async function whileServerSettles<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    try {
      return await work()
    } catch (error) {
      const { code } = error as { code?: string }
      if (!(code && NOT_YET.has(code)) || Date.now() > deadline) throw error
      await delay(RETRY_MS)
    }
  }
}
