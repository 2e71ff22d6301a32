/** What every adapter of the event store port must do. Each adapter's spec runs this suite against itself. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { EventStore } from '../../src/ledger/event-store.js'
import type { StoredEvent } from '../../src/ledger/event.js'
import { isCanonicalLeaf } from '../../src/ledger/event-header.js'
import { payloadDigest } from '../../src/ledger/payload.js'
import { anEvent, aStream } from '../support/event-fixtures.js'

export interface StoreUnderTest {
  store: EventStore
  close(): Promise<void>
}

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no error',
    (error: { code?: string }) => error.code ?? String(error),
  )

export function describeEventStore(adapter: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${adapter} as an event store`, () => {
    let under: StoreUnderTest
    let store: EventStore
    beforeAll(async () => {
      under = await open()
      store = under.store
    })
    afterAll(() => under.close())

    describe('appending', () => {
      // proves TL-LED-005
      it('assigns dense revisions and dense positions', async () => {
        const stream = aStream()
        const before = (await store.head()).size
        const first = await store.append([{ stream, expectedRevision: 'no-stream', events: [anEvent(), anEvent()] }])
        const second = await store.append([{ stream, expectedRevision: 1, events: [anEvent()] }])
        expect(first.events.map(({ revision, position }) => [revision, position])).toEqual([
          [0, before],
          [1, before + 1],
        ])
        expect(second.events.map(({ revision, position }) => [revision, position])).toEqual([[2, before + 2]])
        expect(await store.revisionOf(stream)).toBe(2)
      })

      it('stores exactly what was proposed, as a canonical leaf', async () => {
        const stream = aStream()
        const subject = randomUUID()
        const event = anEvent({ subject, purpose: 'HRESCH', reason: 'source-update', data: { b: 1, a: ['ö', null] } })
        await store.append([{ stream, expectedRevision: 'no-stream', events: [event] }])
        const [stored] = await store.readStream(stream)
        expect(stored!.header).toMatchObject({ ...event.header, stream, revision: 0 })
        expect(stored!.payload!.toString()).toBe('{"a":["ö",null],"b":1}')
        expect(stored!.header.payload.digest).toBe(payloadDigest(stored!.payload!))
        expect(isCanonicalLeaf(stored!.leaf)).toBe(true)
      })

      it('writes to several streams in one step', async () => {
        const [one, other] = [aStream('twin'), aStream('consent')]
        const { events } = await store.append([
          { stream: one, expectedRevision: 'no-stream', events: [anEvent()] },
          { stream: other, expectedRevision: 'no-stream', events: [anEvent(), anEvent()] },
        ])
        expect(events.map(({ stream, revision }) => [stream, revision])).toEqual([
          [one, 0],
          [other, 0],
          [other, 1],
        ])
      })

      it('writes to one stream while another one, to which it writes nothing, is where the caller believes', async () => {
        const [known, fresh] = [aStream('data-permit'), aStream('consent')]
        await store.append([{ stream: known, expectedRevision: 'no-stream', events: [anEvent()] }])
        const whileAt = (expectedRevision: number) =>
          store.append([
            { stream: fresh, expectedRevision: 'any', events: [anEvent()] },
            { stream: known, expectedRevision, events: [] },
          ])
        expect((await whileAt(0)).events.map(({ stream }) => stream)).toEqual([fresh])
        await Promise.all([
          store.append([{ stream: known, expectedRevision: 0, events: [anEvent()] }]),
          expect(codeOf(whileAt(0))).resolves.toBe('revision-conflict'),
        ])
        expect(await store.revisionOf(known)).toBe(1)
        expect(await store.revisionOf(fresh)).toBe(0)
      })

      // proves TL-LED-003
      it('writes nothing to any stream when one of them is not where the caller believes', async () => {
        const [fresh, known] = [aStream(), aStream()]
        await store.append([{ stream: known, expectedRevision: 'no-stream', events: [anEvent()] }])
        const refused = store.append([
          { stream: fresh, expectedRevision: 'no-stream', events: [anEvent()] },
          { stream: known, expectedRevision: 5, events: [anEvent()] },
        ])
        expect(await codeOf(refused)).toBe('revision-conflict')
        expect(await store.revisionOf(fresh)).toBe(-1)
        expect(await store.revisionOf(known)).toBe(0)
      })

      it.each([
        ['no-stream' as const, 1],
        [0, 1],
        [2, 1],
        [7, -1],
        [0, -1],
      ])('refuses expected revision %p when the stream is at %p', async (expectedRevision, at) => {
        const stream = aStream()
        if (at >= 0)
          await store.append([
            { stream, expectedRevision: 'any', events: Array.from({ length: at + 1 }, () => anEvent()) },
          ])
        expect(await codeOf(store.append([{ stream, expectedRevision, events: [anEvent()] }]))).toBe(
          'revision-conflict',
        )
        expect(await store.revisionOf(stream)).toBe(at)
      })

      it('lets exactly one of two writers win a revision, and fails only the other', async () => {
        const stream = aStream()
        const bystander = aStream()
        const outcomes = await Promise.all([
          codeOf(store.append([{ stream, expectedRevision: 'no-stream', events: [anEvent()] }])),
          codeOf(store.append([{ stream, expectedRevision: 'no-stream', events: [anEvent()] }])),
          codeOf(store.append([{ stream: bystander, expectedRevision: 'any', events: [anEvent()] }])),
        ])
        expect(outcomes.sort()).toEqual(['no error', 'no error', 'revision-conflict'])
        expect(await store.revisionOf(stream)).toBe(0)
        expect(await store.revisionOf(bystander)).toBe(0)
      })

      it('takes every append to a busy stream whose revision does not matter', async () => {
        const stream = aStream()
        await Promise.all(
          Array.from({ length: 60 }, () => store.append([{ stream, expectedRevision: 'any', events: [anEvent()] }])),
        )
        const events = await store.readStream(stream)
        expect(events.map(({ header }) => header.revision)).toEqual(Array.from({ length: 60 }, (_, i) => i))
      })

      it('never lets time in the log run backwards', async () => {
        const events = await store.readAll({ from: 0, limit: 10_000 })
        const times = events.map(({ header }) => header.recordedAt)
        expect(times).toEqual([...times].sort())
      })
    })

    // proves TL-LED-004
    describe('appending again with the same event ids', () => {
      it('returns the first answer and writes nothing', async () => {
        const append = { stream: aStream(), expectedRevision: 'no-stream' as const, events: [anEvent(), anEvent()] }
        const first = await store.append([append])
        const size = (await store.head()).size
        const again = await store.append([append])
        expect(again.replayed).toBe(true)
        expect(again.events).toEqual(first.events)
        expect((await store.head()).size).toBe(size)
      })

      it('holds when both arrive at once', async () => {
        const append = { stream: aStream(), expectedRevision: 'any' as const, events: [anEvent()] }
        const answers = await Promise.all([store.append([append]), store.append([append]), store.append([append])])
        expect(new Set(answers.map(({ events }) => events[0]!.position)).size).toBe(1)
        expect(await store.revisionOf(append.stream)).toBe(0)
      })

      it('refuses an id that was used for something else', async () => {
        const event = anEvent()
        await store.append([{ stream: aStream(), expectedRevision: 'any', events: [event] }])
        const other = aStream()
        expect(await codeOf(store.append([{ stream: other, expectedRevision: 'any', events: [event] }]))).toBe(
          'event-id-reused',
        )
        expect(await store.revisionOf(other)).toBe(-1)
      })

      it('refuses a request of which only a part is known', async () => {
        const event = anEvent()
        const stream = aStream()
        await store.append([{ stream, expectedRevision: 'any', events: [event] }])
        const grown = [{ stream, expectedRevision: 'any' as const, events: [event, anEvent()] }]
        expect(await codeOf(store.append(grown))).toBe('event-id-reused')
      })
    })

    // proves TL-LED-007
    describe('what the log cannot carry', () => {
      it.each<[string, Parameters<typeof anEvent>[0]]>([
        ['an id that is no UUID', { id: 'first' }],
        ['a type without a category', { type: 'registered' }],
        ['a typed sentence as a reason', { reason: 'patient called, wants out' }],
        ['an e-mail address as an actor', { actor: { id: 'mary@example.org', role: 'steward' } }],
        ['a name as a subject', { subject: 'Mary' }],
      ])('refuses %s', async (_what, header) => {
        expect(
          await codeOf(
            (async () => store.append([{ stream: aStream(), expectedRevision: 'any', events: [anEvent(header)] }]))(),
          ),
        ).toBe('event-invalid')
      })

      it.each([['person-mary'], ['twin'], ['Twin-' + randomUUID()]])('refuses the stream name %s', async (stream) => {
        expect(
          await codeOf((async () => store.append([{ stream, expectedRevision: 'any', events: [anEvent()] }]))()),
        ).toBe('event-invalid')
      })

      it('refuses an append without events', async () => {
        expect(
          await codeOf((async () => store.append([{ stream: aStream(), expectedRevision: 'any', events: [] }]))()),
        ).toBe('append-empty')
      })
    })

    describe('reading', () => {
      it('reads a stream forwards, backwards and from a revision', async () => {
        const stream = aStream()
        await store.append([{ stream, expectedRevision: 'any', events: Array.from({ length: 10 }, () => anEvent()) }])
        const revisions = async (options: Parameters<EventStore['readStream']>[1]) =>
          (await store.readStream(stream, options)).map(({ header }) => header.revision)
        expect(await revisions({ limit: 3 })).toEqual([0, 1, 2])
        expect(await revisions({ from: 7 })).toEqual([7, 8, 9])
        expect(await revisions({ direction: 'backwards', limit: 2 })).toEqual([9, 8])
        expect(await revisions({ direction: 'backwards', from: 4, limit: 2 })).toEqual([4, 3])
        expect(await revisions({ from: 10 })).toEqual([])
      })

      it('reads an unknown stream as empty', async () => {
        expect(await store.readStream(aStream())).toEqual([])
        expect(await store.revisionOf(aStream())).toBe(-1)
      })

      it('leaves payloads where they are when they are not asked for', async () => {
        const stream = aStream()
        await store.append([{ stream, expectedRevision: 'any', events: [anEvent()] }])
        expect((await store.readStream(stream, { payloads: false }))[0]!.payload).toBeNull()
      })

      // proves TL-LED-005
      it('reads everything in order and without a hole', async () => {
        const { size } = await store.head()
        const events = await store.readAll({ from: 0, limit: size + 10 })
        expect(events.map(({ position }) => position)).toEqual(Array.from({ length: size }, (_, i) => i))
      })

      it('reads those of some types alone, and looks at as many positions as if it read all', async () => {
        const { size: from } = await store.head()
        const of = (type: string) => ({ ...anEvent(), header: { ...anEvent().header, type } })
        const events = ['wanted.this', 'wanted.this-not', 'un-wanted.this', 'wanted.too', 'wanted.this'].map(of)
        await store.append([{ stream: aStream(), expectedRevision: 'any', events }])
        const types = ['wanted.this', 'wanted.too']
        const read = async (limit: number) =>
          (await store.readAll({ from, limit, types })).map(({ position }) => position - from)
        expect(await read(100)).toEqual([0, 3, 4])
        expect(await read(4)).toEqual([0, 3])
      })

      it('finds events by id', async () => {
        const event = anEvent()
        await store.append([{ stream: aStream(), expectedRevision: 'any', events: [event] }])
        expect((await store.find([event.header.id, randomUUID()])).map(({ header }) => header.id)).toEqual([
          event.header.id,
        ])
      })
    })

    describe('subscribing', () => {
      it('delivers history first and then what arrives, each position once', async () => {
        const stop = new AbortController()
        const seen: StoredEvent[] = []
        const target = (await store.head()).size + 40
        const follower = (async () => {
          for await (const batch of store.subscribe({ from: 0, batch: 7, signal: stop.signal })) {
            seen.push(...batch)
            if (seen.length >= target) stop.abort()
          }
        })()
        for (let i = 0; i < 40; i++)
          await store.append([{ stream: aStream(), expectedRevision: 'any', events: [anEvent()] }])
        await follower
        expect(seen.map(({ position }) => position)).toEqual(Array.from({ length: target }, (_, i) => i))
      })

      it('continues from where a reader stopped', async () => {
        const { size } = await store.head()
        const stop = new AbortController()
        for await (const batch of store.subscribe({ from: size - 3, signal: stop.signal })) {
          expect(batch.map(({ position }) => position)).toEqual([size - 3, size - 2, size - 1])
          stop.abort()
        }
      })
    })

    it('agrees with a model of itself under random appends', async () => {
      const step = fc.record({
        stream: fc.integer({ min: 0, max: 4 }),
        count: fc.integer({ min: 1, max: 3 }),
        expected: fc.oneof(
          fc.constant('any' as const),
          fc.constant('no-stream' as const),
          fc.integer({ min: 0, max: 6 }),
        ),
      })
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
          const streams = Array.from({ length: 5 }, () => aStream())
          const model = streams.map(() => -1)
          for (const { stream, count, expected } of steps) {
            const at = model[stream]!
            const fits = expected === 'any' || (expected === 'no-stream' ? -1 : expected) === at
            const outcome = await codeOf(
              store.append([
                {
                  stream: streams[stream]!,
                  expectedRevision: expected,
                  events: Array.from({ length: count }, () => anEvent()),
                },
              ]),
            )
            expect(outcome).toBe(fits ? 'no error' : 'revision-conflict')
            if (fits) model[stream] = at + count
          }
          expect(await Promise.all(streams.map((stream) => store.revisionOf(stream)))).toEqual(model)
        }),
        { numRuns: 25 },
      )
    })
  })
}
