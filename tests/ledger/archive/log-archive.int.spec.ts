import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { exportLog } from '../../../src/ledger/archive/export-log.js'
import { decodePayloadBundle, encodePayloadBundle } from '../../../src/ledger/archive/payload-bundle.js'
import { restoreLog } from '../../../src/ledger/archive/restore-log.js'
import { folderLogSource } from '../../../src/ledger/log/folder-log-source.js'
import { generateSignerKey, noteSignerFromKey } from '../../../src/ledger/log/note-key.js'
import { verifyLog } from '../../../src/ledger/log/verify-log.js'
import { sealedReference } from '../../../src/ledger/payload.js'
import { deletePayloads } from '../../../src/ledger/postgres/delete-payloads.js'
import { anEvent, aStream } from '../../support/event-fixtures.js'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js'
import { openTestStore, testSigner } from '../../support/test-store.js'

const { vkey } = testSigner
/** One full bundle and tile, and the beginning of the next. */
const EVENTS = 300
const KID = randomUUID()

let db: TestDatabase
let empty: TestDatabase
let store: Awaited<ReturnType<typeof openTestStore>>
let folder: string
let exported: string
beforeAll(async () => {
  ;[db, empty] = await Promise.all([createTestDatabase(), createTestDatabase()])
  folder = await mkdtemp(join(tmpdir(), 'twin-ledger-archive-'))
  exported = join(folder, 'exported')
  store = await openTestStore(db)
  const payload = Buffer.from('ciphertext')
  const sealed = { ...anEvent({ payload: sealedReference(payload, KID) }), payload }
  const data = { erasure: randomUUID(), classes: ['identity'], kids: [KID] }
  const events = [sealed, anEvent({ type: 'privacy.keys-destroyed', data })]
  const others = Array.from({ length: EVENTS - 2 }, (_, index) => anEvent({ data: { index } }))
  await store.append([{ stream: aStream(), expectedRevision: 'no-stream', events }])
  await store.append([{ stream: aStream(), expectedRevision: 'no-stream', events: others }])
  await deletePayloads(db.servicePool, 1, [0])
})
afterAll(async () => {
  await store.close()
  await Promise.all([db.drop(), empty.drop()])
  await rm(folder, { recursive: true, force: true })
})

/** A copy of the export with one file changed. */
async function tampered(path: string, change: (bytes: Buffer) => Buffer): Promise<string> {
  const copy = await mkdtemp(join(folder, 'tampered-'))
  await cp(exported, copy, { recursive: true })
  await writeFile(join(copy, path), change(await readFile(join(copy, path))))
  return copy
}
const flipped = (bytes: Buffer): Buffer => {
  const other = Buffer.from(bytes)
  other[other.length - 3]! ^= 1
  return other
}
const holds = async ({ ownerPool }: TestDatabase) =>
  (await ownerPool.query('select count(*)::int as events from ledger.event')).rows[0] as { events: number }

// proves TL-LED-011
describe('an exported log', () => {
  it('is the log as it is served, with its payloads, and verifies without the database', async () => {
    const verified = await exportLog(db.ownerPool, exported, { vkey })
    expect(verified).toMatchObject({ size: EVENTS, payloads: EVENTS - 1, deleted: 1 })
    const { checkpoint, entries } = await verifyLog(folderLogSource(exported), { vkey })
    expect([checkpoint.size, entries]).toEqual([EVENTS, EVENTS])
    expect(await readFile(join(exported, 'checkpoint'), 'utf8')).toBe((await store.head()).checkpoint)
  })

  it('is not written over anything', async () => {
    await expect(exportLog(db.ownerPool, exported, { vkey })).rejects.toMatchObject({ code: 'folder-not-empty' })
  })

  it('is not taken by a database that holds events', async () => {
    await expect(restoreLog(db.ownerPool, exported, { vkey })).rejects.toMatchObject({ code: 'log-not-empty' })
    expect(await holds(db)).toEqual({ events: EVENTS })
  })

  it.each([
    ['checkpoint', (bytes: Buffer) => bytes.subarray(0, -5), /^checkpoint-/],
    ['tile/0/000', flipped, /^tile-mismatch$/],
    ['tile/entries/001.p/44', flipped, /^entry-mismatch$/],
    ['payload/000', flipped, /^payload-altered$/],
    ['payload/001.p/44', (bytes: Buffer) => bytes.subarray(0, -1), /^payload-bundle-malformed$/],
    ['payload/001.p/44', () => encodePayloadBundle(Array.from({ length: 44 }, () => null)), /^payload-missing$/],
  ] as const)('is refused whole when %s was changed: %#', async (path, change, code) => {
    const refused = restoreLog(empty.ownerPool, await tampered(path, change), { vkey })
    await expect(refused).rejects.toMatchObject({ code: expect.stringMatching(code) })
    expect(await holds(empty)).toEqual({ events: 0 })
  })

  it('is refused under another key, when a file is missing, and when a later checkpoint was seen', async () => {
    const other = noteSignerFromKey(generateSignerKey('ledger.example/test')).vkey
    const foreign = restoreLog(empty.ownerPool, exported, { vkey: other })
    await expect(foreign).rejects.toMatchObject({ code: 'checkpoint-signature-invalid' })
    const lacking = await tampered('payload/000', (bytes) => bytes)
    await rm(join(lacking, 'payload/000'))
    const incomplete = restoreLog(empty.ownerPool, lacking, { vkey })
    await expect(incomplete).rejects.toMatchObject({ code: 'payload-bundle-missing' })
    await store.append([{ stream: aStream(), expectedRevision: 'no-stream', events: [anEvent()] }])
    const { checkpoint: lastSeen } = await store.head()
    const older = restoreLog(empty.ownerPool, exported, { vkey, lastSeen })
    await expect(older).rejects.toMatchObject({ code: 'log-rolled-back' })
    expect(await holds(empty)).toEqual({ events: 0 })
  })

  it('is in an empty database what it was, to the byte, and goes on from there', async () => {
    const restored = await restoreLog(empty.ownerPool, exported, { vkey })
    expect(restored).toMatchObject({ size: EVENTS, payloads: EVENTS - 1, deleted: 1 })
    const { rows } = await empty.servicePool.query('select size, root, payloads, deleted from ledger.restoration')
    const root = restored.checkpoint.split('\n')[2]
    expect(rows).toEqual([{ size: String(EVENTS), root, payloads: String(EVENTS - 1), deleted: '1' }])
    const again = await openTestStore(empty)
    const all = { from: 0, limit: EVENTS }
    expect(await again.readAll(all)).toEqual(await store.readAll(all))
    const { events } = await again.append([{ stream: aStream(), expectedRevision: 'no-stream', events: [anEvent()] }])
    expect(events[0]!.position).toBe(EVENTS)
    await again.close()
  })
})

describe('a bundle of payloads', () => {
  it('holds payloads of any length, and the places of those that were deleted', () => {
    const payloads = [Buffer.from('one'), null, Buffer.alloc(0), Buffer.alloc(70_000, 7)]
    expect(decodePayloadBundle(encodePayloadBundle(payloads), 4)).toEqual(payloads)
  })

  it.each([3, 5])('that holds four is not taken for one of %i', (width) => {
    const bundle = encodePayloadBundle([null, null, null, null])
    expect(() => decodePayloadBundle(bundle, width)).toThrow('does not hold exactly what it should')
  })
})
