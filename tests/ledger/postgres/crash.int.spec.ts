/** Processes die without a warning, in the middle of appends; what was acknowledged is there all the same. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import type { AppendedEvent } from '../../../src/ledger/event-store.js'
import { generateSignerKey, noteSignerFromKey } from '../../../src/ledger/log/note-key.js'
import { PostgresEventStore } from '../../../src/ledger/postgres/postgres-event-store.js'
import { migrate } from '../../../src/platform/database/migrate.js'
import { createPool } from '../../../src/platform/database/pool.js'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../../src/platform/embedded-postgres/supervisor.js'
import { anEvent, aStream } from '../../support/event-fixtures.js'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js'
import { startTypeScript } from '../../support/typescript-child.js'
import { until } from '../../support/until.js'
import { expectAllKept } from './support/acknowledged.js'

const CLIENTS = 24
const signerKey = generateSignerKey('ledger.example/crash')
const signer = noteSignerFromKey(signerKey)
/** Deaths come after this many more acknowledgements: at once, in the first batches, across tile boundaries. */
const AFTER = [1, 2, 5, 17, 30, 64, 100, 150, 256, 300, 400]

// proves TL-LED-001
describe('the writing process is killed', () => {
  const writer = join(dirname(fileURLToPath(import.meta.url)), 'crash-writer.ts')
  let db: TestDatabase
  beforeAll(async () => {
    db = await createTestDatabase()
  })
  afterAll(() => db.drop())

  it(`keeps every acknowledged event through ${AFTER.length} deaths, and the next process goes on`, async () => {
    const acknowledged: AppendedEvent[] = []
    for (const count of AFTER) {
      const child = startTypeScript(writer, [db.serviceUrl, signerKey, String(CLIENTS)])
      for (let seen = 0; seen < count; seen++) acknowledged.push(await child.nextLine<AppendedEvent>())
      await child.kill()
      acknowledged.push(...(await remainingLines(child)))
      await expectAllKept(db.servicePool, signer.vkey, acknowledged)
    }
    const store = await PostgresEventStore.open({ pool: db.servicePool, writerUrl: db.serviceUrl, signer })
    const { size } = await store.head()
    const { events } = await store.append([{ stream: aStream(), expectedRevision: 'no-stream', events: [anEvent()] }])
    await store.close()
    expect(events[0]!.position).toBe(size)
    await expectAllKept(db.servicePool, signer.vkey, [...acknowledged, ...events])
  })

  /** What the process had printed before it died. */
  async function remainingLines(child: ReturnType<typeof startTypeScript>): Promise<AppendedEvent[]> {
    const lines: AppendedEvent[] = []
    for (;;) {
      const line = await child.nextLine<AppendedEvent>().catch(() => null)
      if (line === null) return lines
      lines.push(line)
    }
  }
})

describe('PostgreSQL is killed', () => {
  let folder: string
  let server: EmbeddedPostgres
  let pool: pg.Pool
  let store: PostgresEventStore
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'twin-ledger-crash-'))
    server = await startEmbeddedPostgres({ dataDirectory: folder, size: 'small' })
    await migrate(server.connectionUrl('owner'))
    pool = createPool(server.connectionUrl('service'))
    store = await PostgresEventStore.open({ pool, writerUrl: server.connectionUrl('service'), signer })
  })
  afterAll(async () => {
    await store.close()
    await pool.end()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  })

  // proves TL-LED-001
  it(`keeps every acknowledged event through ${AFTER.length} deaths, and the same store goes on`, async () => {
    const acknowledged: AppendedEvent[] = []
    const refusals = new Set<string>()
    let stopped = false
    const client = async () => {
      while (!stopped)
        await store.append([{ stream: aStream(), expectedRevision: 'no-stream', events: [anEvent()] }]).then(
          ({ events }) => acknowledged.push(...events),
          (error: { code: string }) => refusals.add(error.code),
        )
    }
    const clients = Array.from({ length: CLIENTS }, client)
    for (const count of AFTER) {
      const target = acknowledged.length + count
      await until(`${count} more acknowledgements`, () => acknowledged.length >= target)
      const doomed = await everyProcess()
      for (const pid of doomed) kill(pid)
      const atDeath = acknowledged.length
      await until('an acknowledgement after the death', () => acknowledged.length > atDeath + CLIENTS)
      await expectAllKept(pool, signer.vkey, [...acknowledged])
    }
    stopped = true
    await Promise.all(clients)
    await expectAllKept(pool, signer.vkey, acknowledged)
    expect([...refusals].filter((code) => code !== 'store-unavailable')).toEqual([])
  })

  /** Whatever ended by itself meanwhile, as the others do without their postmaster, is dead too. */
  function kill(pid: number): void {
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      expect(error).toMatchObject({ code: 'ESRCH' })
    }
  }

  /** The postmaster first, so that it cannot start anew what dies. */
  async function everyProcess(): Promise<number[]> {
    const admin = new pg.Client({ connectionString: server.connectionUrl('admin') })
    admin.on('error', () => undefined)
    await admin.connect()
    const { rows } = await admin.query<{ pid: number }>('select pid from pg_stat_activity where pid is not null')
    return [server.pid, ...rows.map((row) => row.pid)]
  }
})
