import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Decider } from '../../src/journal/decider.js'
import { eventTypes, type DomainEvent } from '../../src/journal/event-type.js'
import { projectedEvents } from '../../src/journal/projected-events.js'
import { Unprocessable } from '../../src/platform/errors.js'
import { createTestDatabase, type TestDatabase } from '../support/test-database.js'
import { openTestJournal, type TestJournal } from '../support/test-journal.js'

type Opened = DomainEvent<'account.opened', { limit: number }>
type Noted = DomainEvent<'account.noted', { text: string }>
type AccountEvent = Opened | Noted
const TYPES = eventTypes<AccountEvent>({
  'account.opened': { schema: 1, sealedUnder: null, describe: () => 'Opened.' },
  'account.noted': {
    schema: 1,
    sealedUnder: 'identity',
    describe: (data) => (data ? `Noted ${data.text}.` : 'Noted.'),
  },
})

interface Account {
  notes: string[]
}
const account: Decider<Account, { note: string }, AccountEvent> = {
  initial: { notes: [] },
  evolve: (state, event) => (event.type === 'account.noted' ? { notes: [...state.notes, event.data.text] } : state),
  decide: (state, { note }) => {
    if (state.notes.includes(note)) throw new Unprocessable('noted-already', 'It was noted already.')
    return [{ type: 'account.noted', data: { text: note } }]
  },
}

const context = () => ({ actor: { id: 'steward-1', role: 'steward' }, correlation: randomUUID() })

describe('the journal', () => {
  let db: TestDatabase
  let test: TestJournal
  beforeAll(async () => {
    db = await createTestDatabase()
    test = await openTestJournal(db, [TYPES])
  })
  afterAll(async () => {
    await test.close()
    await db.drop()
  })
  const noteOn = (stream: string, note: string, more = {}, ctx = {}) =>
    test.journal.execute(
      { ...context(), ...ctx },
      { stream, decider: account, command: { note }, subject: randomUUID(), ...more },
    )

  // proves TL-VLT-001
  it('stores a sealed payload unreadable and reads it back', async () => {
    const stream = `account-${randomUUID()}`
    await noteOn(stream, 'Grüße an Zoë')
    const [stored] = await test.store.readStream(stream)
    expect(stored!.payload!.toString()).not.toContain('Zoë')
    expect(stored!.header.payload.enc).toBe('A256GCM')
    const [read] = await test.journal.read(stream)
    expect(read).toMatchObject({ state: 'opened', data: { text: 'Grüße an Zoë' } })
    expect(await test.journal.readCoded(stream)).toMatchObject([{ state: 'sealed', data: null }])
  })

  // proves TL-VLT-003
  it('reads an event whose key is gone as erased, and folds on without it', async () => {
    const stream = `account-${randomUUID()}`
    const [forgotten, kept] = [randomUUID(), randomUUID()]
    await noteOn(stream, 'first', { subject: forgotten })
    await noteOn(stream, 'second', { subject: kept })
    await db.ownerPool.query('update vault.subject_key set wrapped = null, destroyed_at = now() where subject = $1', [
      forgotten,
    ])
    const elsewhere = test.withoutCachedKeys()
    expect(await elsewhere.load(account, stream)).toMatchObject({
      state: { notes: ['second'] },
      revision: 1,
      erased: 1,
    })
  })

  it('decides again when somebody else was faster', async () => {
    const stream = `account-${randomUUID()}`
    await Promise.all(['a', 'b', 'c', 'd'].map((note) => noteOn(stream, note)))
    const { state } = await test.journal.load(account, stream)
    expect([...state.notes].sort()).toEqual(['a', 'b', 'c', 'd'])
  })

  it('refuses a command that was decided on an older revision', async () => {
    const stream = `account-${randomUUID()}`
    await noteOn(stream, 'a')
    await expect(noteOn(stream, 'b', { ifRevision: 4 })).rejects.toMatchObject({
      code: 'revision-conflict',
      details: { actual: 0 },
    })
  })

  describe('with an Idempotency-Key', () => {
    it('answers the same command with the first receipt, even where deciding again would refuse', async () => {
      const stream = `account-${randomUUID()}`
      const first = await noteOn(stream, 'once', {}, { idempotencyKey: 'key-1' })
      const again = await noteOn(stream, 'once', {}, { idempotencyKey: 'key-1' })
      expect(again).toEqual({ events: first.events, replayed: true })
    })

    it('holds when both arrive at once', async () => {
      const stream = `account-${randomUUID()}`
      const receipts = await Promise.all([1, 2, 3].map(() => noteOn(stream, 'once', {}, { idempotencyKey: 'key-2' })))
      expect(new Set(receipts.map(({ events }) => events[0]!.position)).size).toBe(1)
    })

    it('refuses another command under the same key', async () => {
      const stream = `account-${randomUUID()}`
      await noteOn(stream, 'this', {}, { idempotencyKey: 'key-3' })
      await expect(noteOn(stream, 'that', {}, { idempotencyKey: 'key-3' })).rejects.toMatchObject({
        code: 'idempotency-key-reused',
      })
    })
  })

  it('reads a stream as of a revision and as of a time', async () => {
    const stream = `account-${randomUUID()}`
    const first = await noteOn(stream, 'a')
    await new Promise((resolve) => setTimeout(resolve, 5))
    await noteOn(stream, 'b')
    expect((await test.journal.load(account, stream, { toRevision: 0 })).state.notes).toEqual(['a'])
    expect((await test.journal.load(account, stream, { asOf: first.events[0]!.recordedAt })).state.notes).toEqual(['a'])
  })

  it('understands a time in whatever offset and precision it is written', async () => {
    const stream = `account-${randomUUID()}`
    await noteOn(stream, 'a')
    const at = Date.now()
    const inOffset = (ms: number) => new Date(ms + 7_200_000).toISOString().replace('Z', '+02:00')
    const notesAsOf = async (asOf: string) => (await test.journal.load(account, stream, { asOf })).state.notes
    expect(await notesAsOf(inOffset(at + 1000))).toEqual(['a'])
    expect(await notesAsOf(inOffset(at - 60_000))).toEqual([])
    expect(await notesAsOf(new Date(at + 60_000).toISOString().replace(/\.\d+/, ''))).toEqual(['a'])
    await expect(notesAsOf('yesterday')).rejects.toMatchObject({ code: 'point-invalid' })
  })

  it('refuses a clear payload that is not the one the log commits to', async () => {
    const stream = `account-${randomUUID()}`
    const event: Opened = { type: 'account.opened', data: { limit: 100 } }
    await test.journal.append(context(), [{ stream, expectedRevision: 'no-stream', entries: [{ event }] }])
    const [stored] = await test.store.readStream(stream)
    const altered = { ...stored!, payload: Buffer.from('{"limit":900}') }
    await expect(test.journal.openAll([altered])).rejects.toMatchObject({ code: 'payload-altered' })
    expect(() => projectedEvents(test.journal.catalogue, [altered])).toThrow(
      expect.objectContaining({ code: 'payload-altered' }),
    )
  })
})
