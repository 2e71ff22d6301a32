import { hash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { verifyDatabase } from '../../../src/ledger/postgres/verify-database.js'
import { anEvent, aStream } from '../../support/event-fixtures.js'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js'
import { openTestStore, testSigner } from '../../support/test-store.js'

/** Two full tiles and a partial one. */
const SIZE = 600
/** Far beyond the end and still in the same partition: room to move rows through. */
const UNUSED = 1_000_000

// proves TL-LOG-001
describe('what an administrator with all rights does to the database', () => {
  let db: TestDatabase
  let admin: pg.Client
  let lastSeen: string

  beforeAll(async () => {
    db = await createTestDatabase()
    const store = await openTestStore(db)
    for (let appended = 0; appended < SIZE; appended += 30)
      await store.append([
        {
          stream: aStream(),
          expectedRevision: 'any',
          events: Array.from({ length: 30 }, (_, n) => anEvent({ data: { n } })),
        },
      ])
    lastSeen = (await store.head()).checkpoint
    await store.close()
    admin = new pg.Client({ connectionString: db.adminUrl })
    await admin.connect()
  })
  afterAll(async () => {
    await admin.end()
    await db.drop()
  })
  afterEach(async () => {
    expect(await check()).toBe('sound')
  })

  const verify = () => verifyDatabase(db.ownerPool, { vkey: testSigner.vkey, lastSeen })
  const check = () =>
    verify().then(
      () => 'sound',
      ({ code, details }: { code: string; details: object }) => ({ code, ...details }),
    )

  /** Runs SQL with triggers off, verifies, and puts everything back as it was. */
  async function after(...statements: string[]): Promise<unknown> {
    await admin.query(`create schema backup`)
    for (const table of ['event', 'payload', 'tile', 'head'])
      await admin.query(`create table backup.${table} as table ledger.${table}`)
    await admin.query(`set session_replication_role = replica`)
    try {
      for (const statement of statements) await admin.query(statement)
      return await check()
    } finally {
      for (const table of ['event', 'payload', 'tile', 'head']) {
        await admin.query(`delete from ledger.${table}`)
        await admin.query(`insert into ledger.${table} select * from backup.${table}`)
      }
      await admin.query(`drop schema backup cascade`)
    }
  }
  const flip = (column: string, at: number) => `set_byte(${column}, ${at}, get_byte(${column}, ${at}) # 1)`

  it('is detected and located: one flipped bit in a payload', async () => {
    expect(await after(`update ledger.payload set stored = ${flip('stored', 3)} where position = 417`)).toMatchObject({
      code: 'payload-altered',
      position: 417,
    })
  })

  it('is detected and located: a payload exchanged together with a recomputed digest in its header', async () => {
    const stored = Buffer.from('{"n":99}')
    const forged = `convert_to(regexp_replace(regexp_replace(convert_from(leaf, 'utf8'), '"digest":"[^"]*"', '"digest":"${hash('sha256', stored, 'base64url')}"'), '"size":\\d+', '"size":${stored.length}'), 'utf8')`
    expect(
      await after(
        `update ledger.payload set stored = '\\x${stored.toString('hex')}' where position = 130`,
        `update ledger.event set leaf = ${forged} where position = 130`,
      ),
    ).toMatchObject({ code: 'tile-mismatch', position: 130 })
  })

  it('is detected and located: a changed author', async () => {
    expect(
      await after(
        `update ledger.event set leaf = convert_to(replace(convert_from(leaf, 'utf8'), 'steward-1', 'steward-2'), 'utf8') where position = 300`,
      ),
    ).toMatchObject({ code: 'tile-mismatch', position: 300 })
  })

  it('is detected: a change in the last, unfinished tile', async () => {
    expect(
      await after(
        `update ledger.event set leaf = convert_to(replace(convert_from(leaf, 'utf8'), 'steward-1', 'steward-2'), 'utf8') where position = 599`,
      ),
    ).toMatchObject({ code: 'log-forked' })
  })

  // proves TL-LED-005
  it('is detected and located: a deleted event', async () => {
    expect(await after(`delete from ledger.event where position = 42`)).toMatchObject({
      code: 'log-has-a-hole',
      position: 42,
    })
  })

  it('is detected and located: an event deleted and the rest moved up', async () => {
    expect(
      await after(
        ...['event', 'payload'].map((table) => `delete from ledger.${table} where position = 42`),
        ...['event', 'payload'].map(
          (table) => `update ledger.${table} set position = position + ${UNUSED} where position > 42`,
        ),
        ...['event', 'payload'].map(
          (table) => `update ledger.${table} set position = position - ${UNUSED + 1} where position >= ${UNUSED}`,
        ),
      ),
    ).toMatchObject({ code: 'log-row-altered', position: 42 })
  })

  it('is detected and located: an inserted event', async () => {
    expect(
      await after(
        `insert into ledger.event select 600, gen_random_uuid(), stream, revision + 30, leaf from ledger.event where position = 599`,
      ),
    ).toMatchObject({ code: 'log-row-altered', position: 600 })
  })

  it('is detected and located: two events that changed places', async () => {
    expect(
      await after(
        `update ledger.event set position = position + ${UNUSED} where position in (10, 11)`,
        `update ledger.event set position = ${UNUSED + 21} - position where position >= ${UNUSED}`,
      ),
    ).toMatchObject({ code: 'log-row-altered', position: 10 })
  })

  it('is detected: the end cut off', async () => {
    expect(
      await after(`delete from ledger.event where position >= 550`, `delete from ledger.payload where position >= 550`),
    ).toMatchObject({
      code: 'root-mismatch',
      events: 550,
      checkpoint: 600,
    })
  })

  it('is detected and located: a forged tile', async () => {
    expect(
      await after(`update ledger.tile set hashes = ${flip('hashes', 33)} where level = 0 and index = 1`),
    ).toMatchObject({
      code: 'tile-mismatch',
      position: 257,
    })
  })

  it('is detected and located: a forged root of a tile', async () => {
    expect(await after(`update ledger.tile set root = ${flip('root', 0)} where level = 0 and index = 1`)).toMatchObject(
      {
        code: 'tile-root-mismatch',
        level: 0,
        index: 1,
      },
    )
  })

  it('is detected and located: a deleted tile', async () => {
    expect(await after(`delete from ledger.tile where level = 0 and index = 1`)).toMatchObject({
      code: 'tile-missing',
      index: 1,
    })
  })

  it('is detected: a checkpoint signed by nobody', async () => {
    expect(
      await after(`update ledger.head set checkpoint = replace(checkpoint, E'\\n600\\n', E'\\n599\\n')`),
    ).toMatchObject({
      code: 'checkpoint-signature-invalid',
    })
  })

  it('is detected: an older, honest state put back', async () => {
    const other = await createTestDatabase()
    const store = await openTestStore(other)
    await store.append([{ stream: aStream(), expectedRevision: 'any', events: [anEvent()] }])
    await store.close()
    await expect(verifyDatabase(other.ownerPool, { vkey: testSigner.vkey, lastSeen })).rejects.toMatchObject({
      code: 'log-rolled-back',
      details: { size: 1, seen: 600 },
    })
    await other.drop()
  })

  it('is detected: another history under the same key', async () => {
    const other = await createTestDatabase()
    const store = await openTestStore(other)
    await store.append([
      { stream: aStream(), expectedRevision: 'any', events: Array.from({ length: 700 }, () => anEvent()) },
    ])
    await store.close()
    await expect(verifyDatabase(other.ownerPool, { vkey: testSigner.vkey, lastSeen })).rejects.toMatchObject({
      code: 'log-forked',
    })
    await other.drop()
  })

  it('is detected and located: a payload deleted while no event says that its key was destroyed', async () => {
    expect(await after('delete from ledger.payload where position = 5')).toEqual({
      code: 'payload-missing',
      position: 5,
    })
  })
})

// proves TL-LED-002
describe('what the service may do to the database', () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await createTestDatabase()
    const store = await openTestStore(db)
    await store.append([{ stream: aStream(), expectedRevision: 'any', events: [anEvent()] }])
    await store.close()
  })
  afterAll(() => db.drop())

  it.each([
    'update ledger.event set revision = 7',
    'delete from ledger.event',
    'truncate ledger.event',
    'update ledger.payload set stored = stored',
    'truncate ledger.payload',
    'update ledger.tile set index = 7',
    'delete from ledger.head',
    'drop table ledger.event',
    'alter table ledger.event disable trigger all',
    'update ledger.event_0 set revision = 7',
    'delete from ledger.event_0',
    'truncate ledger.event_0',
  ])('does not include: %s', async (statement) => {
    await expect(db.servicePool.query(statement)).rejects.toMatchObject({ code: '42501' })
  })

  it.each([
    'update ledger.event set revision = 7',
    'delete from ledger.event',
    'truncate ledger.event',
    'update ledger.event_0 set revision = 7',
    'delete from ledger.event_0',
    'truncate ledger.event_0',
    'update ledger.payload_0 set stored = stored',
    'truncate ledger.payload_0',
  ])(
    'is refused even to the owner of the tables, until a trigger is switched off on purpose: %s',
    async (statement) => {
      await expect(db.ownerPool.query(statement)).rejects.toMatchObject({ code: '42501' })
    },
  )
})
