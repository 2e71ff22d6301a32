import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { sealedReference } from '../../../src/ledger/payload.js'
import { deletePayloads } from '../../../src/ledger/postgres/delete-payloads.js'
import { verifyDatabase } from '../../../src/ledger/postgres/verify-database.js'
import { anEvent, aStream } from '../../support/event-fixtures.js'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js'
import { openTestStore, testSigner } from '../../support/test-store.js'

const FORGOTTEN = randomUUID()
const OTHER = randomUUID()

/** Positions 0 and 1 are sealed under a key that is destroyed at position 3, position 2 under another. */
describe('deleting the ciphertext of a person', () => {
  let db: TestDatabase
  let store: Awaited<ReturnType<typeof openTestStore>>
  beforeAll(async () => {
    db = await createTestDatabase()
    store = await openTestStore(db)
    const sealed = (kid: string) => {
      const payload = Buffer.from(`ciphertext under ${kid}`)
      return { ...anEvent({ payload: sealedReference(payload, kid) }), payload }
    }
    const events = [sealed(FORGOTTEN), sealed(FORGOTTEN), sealed(OTHER)]
    await store.append([{ stream: aStream(), expectedRevision: 'any', events }])
    const data = { erasure: randomUUID(), classes: ['identity'], kids: [FORGOTTEN] }
    const destruction = anEvent({ type: 'privacy.keys-destroyed', data })
    await store.append([{ stream: aStream('forgetting'), expectedRevision: 'any', events: [destruction] }])
  })
  afterAll(async () => {
    await store.close()
    await db.drop()
  })

  it('is refused to the service by any other way', async () => {
    const plainly = db.servicePool.query('delete from ledger.payload where position = 0')
    await expect(plainly).rejects.toMatchObject({ code: '42501' })
  })

  it.each([0, 2, 99])('is refused on the ground of position %i, which destroys no key', async (position) => {
    await expect(deletePayloads(db.servicePool, position, [0])).rejects.toMatchObject({ code: '42501' })
  })

  // proves TL-VLT-004
  it('takes what was sealed under the destroyed keys, nothing else, and the log still verifies', async () => {
    expect(await deletePayloads(db.servicePool, 3, [0, 1, 2, 3])).toBe(2)
    expect(await deletePayloads(db.servicePool, 3, [0, 1, 2, 3])).toBe(0)
    const kept = (await store.readAll({ from: 0, limit: 10 })).filter(({ payload }) => payload !== null)
    expect(kept.map(({ position }) => position)).toEqual([2, 3])
    const verified = await verifyDatabase(db.ownerPool, { vkey: testSigner.vkey })
    expect(verified).toMatchObject({ size: 4, payloads: 2, deleted: 2 })
  })
})
