/** An embedded PostgreSQL of its own in a temporary folder, with durable settings, gone afterwards. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { migrate } from '../../src/platform/database/migrate.js'
import { createPool } from '../../src/platform/database/pool.js'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/embedded-postgres/supervisor.js'
import { startPreloaded } from './slow-disk.js'

export interface BenchDatabase {
  serviceUrl: string
  ownerUrl: string
  adminUrl: string
  servicePool: pg.Pool
  ownerPool: pg.Pool
  close(): Promise<void>
}

export interface BenchDatabaseOptions {
  /** A library to preload into the server. */
  preload?: string
}

export async function openBenchDatabase({ preload }: BenchDatabaseOptions = {}): Promise<BenchDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'twin-ledger-bench-'))
  const server = preload ? await startWith(preload, folder) : await startEmbeddedPostgres({ dataDirectory: folder })
  const ownerUrl = server.connectionUrl('owner')
  await migrate(ownerUrl)
  const serviceUrl = server.connectionUrl('service')
  const servicePool = createPool(serviceUrl, { max: 20, statementTimeoutMs: 0 })
  const ownerPool = createPool(ownerUrl, { max: 64, statementTimeoutMs: 0 })
  return {
    serviceUrl,
    ownerUrl,
    adminUrl: server.connectionUrl('admin'),
    servicePool,
    ownerPool,
    close: async () => {
      await Promise.all([servicePool.end(), ownerPool.end()])
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function startWith(preload: string, folder: string): Promise<EmbeddedPostgres> {
  const first = await startEmbeddedPostgres({ dataDirectory: folder })
  const pidFile = join(first.clusterDirectory, 'postmaster.pid')
  await first.stop()
  startPreloaded(folder, first.port, preload)
  while (!existsSync(pidFile)) await delay(10)
  return startEmbeddedPostgres({ dataDirectory: folder })
}
