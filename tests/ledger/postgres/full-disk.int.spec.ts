/** The disk that holds the payloads runs full and gets room again. */
import { randomBytes, randomUUID } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import type { AppendedEvent, StreamAppend } from '../../../src/ledger/event-store.js'
import type { PostgresEventStore } from '../../../src/ledger/postgres/postgres-event-store.js'
import { serverUser } from '../../../src/platform/embedded-postgres/server-user.js'
import { anEvent, aStream } from '../../support/event-fixtures.js'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js'
import { openTestStore, testSigner } from '../../support/test-store.js'
import { expectAllKept } from './support/acknowledged.js'

const mount = (folder: string) =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=12m,mode=700', 'tmpfs', folder]).status === 0
/** Lazily: some process of the server may still hold a file of it open. */
const unmount = (folder: string) => {
  spawnSync('umount', ['-l', folder])
  rmSync(folder, { recursive: true })
}

/** Why there can be no small file system here, if so. */
function reasonToSkip(): string | undefined {
  if (process.env.TEST_DATABASE_URL) return 'the database server may be on another machine'
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root on Linux may mount'
  const folder = mkdtempSync(join(tmpdir(), 'twin-ledger-disk-'))
  const mounted = mount(folder)
  unmount(folder)
  return mounted ? undefined : 'this machine refuses to mount'
}

const missing = reasonToSkip()
const describeWithDisk =
  missing === undefined
    ? describe
    : (name: string, tests: () => void) => describe.skip(`${name} (skipped: ${missing})`, tests)

describeWithDisk('a full disk', () => {
  let folder: string
  const tablespace = `small_${randomBytes(4).toString('hex')}`
  let db: TestDatabase
  let admin: pg.Client
  let store: PostgresEventStore
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'twin-ledger-disk-'))
    mount(folder)
    const user = serverUser()!
    chownSync(folder, user.uid, user.gid)
    db = await createTestDatabase()
    admin = new pg.Client({ connectionString: db.adminUrl })
    await admin.connect()
    await admin.query(`create tablespace ${tablespace} location '${folder}'`)
    await admin.query(`alter table ledger.payload_0 set tablespace ${tablespace}`)
    store = await openTestStore(db)
  })
  afterAll(async () => {
    await store.close()
    await admin.query(`alter table ledger.payload_0 set tablespace pg_default`)
    await admin.query(`drop tablespace ${tablespace}`)
    await admin.end()
    await db.drop()
    unmount(folder)
  })

  const aLargeRequest = (): StreamAppend => ({
    stream: aStream(),
    expectedRevision: 'no-stream',
    events: [anEvent({ id: randomUUID(), data: { scan: randomBytes(500_000).toString('base64') } })],
  })

  it('refuses with what to do about it, writes nothing by halves, and works again when there is room', async () => {
    const acknowledged: AppendedEvent[] = []
    const refused: StreamAppend[] = []
    const errors: unknown[] = []
    for (let round = 0; round < 12 && refused.length === 0; round++)
      await Promise.all(
        Array.from({ length: 4 }, aLargeRequest).map((request) =>
          store.append([request]).then(
            ({ events }) => acknowledged.push(...events),
            (error: unknown) => {
              refused.push(request)
              errors.push(error)
            },
          ),
        ),
      )
    expect(acknowledged.length).toBeGreaterThan(0)
    expect(refused.length).toBeGreaterThan(0)
    for (const error of errors)
      expect(error).toMatchObject({
        code: 'store-unavailable',
        status: 503,
        message: expect.stringContaining('disk space'),
        details: { sqlState: '53100' },
      })
    const { size } = await expectAllKept(db.servicePool, testSigner.vkey, acknowledged)
    expect(size).toBe(acknowledged.length)

    expect(spawnSync('mount', ['-o', 'remount,size=64m', folder]).status).toBe(0)
    for (const request of refused) {
      const { events, replayed } = await store.append([request])
      expect(replayed).toBe(false)
      acknowledged.push(...events)
    }
    await expectAllKept(db.servicePool, testSigner.vkey, acknowledged)
  })
})
