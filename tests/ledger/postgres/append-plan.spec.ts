import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { ExpectedRevision } from '../../../src/ledger/event-store.js'
import { leafHash, nodeHash } from '../../../src/ledger/log/hash.js'
import { TreeState } from '../../../src/ledger/log/tree-state.js'
import { planBatch, type PlanBase, type WaitingAppend } from '../../../src/ledger/postgres/append-plan.js'
import { waitingAppend } from '../../../src/ledger/postgres/waiting-append.js'
import { anEvent, aStream } from '../../support/event-fixtures.js'

const STREAM = aStream()
const OTHER = aStream()

interface Given {
  size?: number
  recordedMs?: number
  revisions?: Record<string, number>
  inFlight?: string[]
  now?: number
}

/** The state a plan stands on; its "signature" is the size and root it covers. */
function given({ size = 0, recordedMs = 0, revisions = {}, inFlight = [], now = 1_000 }: Given = {}): PlanBase {
  const tree = new TreeState()
  for (let leaf = 0; leaf < size; leaf++) tree.append(leafHash(`leaf ${leaf}`))
  tree.takeFullTiles()
  return {
    tree,
    recordedMs,
    revisionOf: (stream) => revisions[stream],
    isInFlight: (id) => inFlight.includes(id),
    now: () => now,
    sign: (covered, root) => `${covered} ${root.toString('hex')}`,
  }
}

const request = (expectedRevision: ExpectedRevision, stream = STREAM, events = [anEvent()]): WaitingAppend =>
  waitingAppend([{ stream, expectedRevision, events }]).request

/** RFC 6962 section 2.1, word for word. */
function naiveRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 1) return leafHash(leaves[0]!)
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return nodeHash(naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split)))
}

describe('planning a batch', () => {
  it.each<[string, ExpectedRevision, number | undefined, 'accepted' | 'aside' | 'unknown']>([
    ['a new stream that is not known', 'no-stream', undefined, 'accepted'],
    ['a new stream that is known to exist', 'no-stream', 0, 'aside'],
    ['the revision that is known', 4, 4, 'accepted'],
    ['a revision of a stream that is not known', 4, undefined, 'accepted'],
    ['an older revision than the known one', 3, 4, 'aside'],
    ['a newer revision than the known one', 5, 4, 'aside'],
    ['any revision of a known stream', 'any', 4, 'accepted'],
    ['any revision of a stream that is not known', 'any', undefined, 'unknown'],
  ])('given a request that expects %s, sets it where it belongs', (_what, expected, known, where) => {
    const waiting = request(expected)
    const batch = planBatch([waiting], given({ revisions: known === undefined ? {} : { [STREAM]: known } }))
    expect(batch.accepted.map((accepted) => accepted.request)).toEqual(where === 'accepted' ? [waiting] : [])
    expect(batch.aside).toEqual(where === 'aside' ? [waiting] : [])
    expect(batch.unknown).toEqual(where === 'unknown' ? [waiting] : [])
  })

  it('lets a request stand on those before it in the same batch', () => {
    const batch = planBatch([request('no-stream'), request(0), request('any'), request(1)], given())
    expect(batch.events.map(({ revision }) => revision)).toEqual([0, 1, 2])
    expect(batch.aside).toHaveLength(1)
  })

  it('leaves to the database only what rests on a caller’s word', () => {
    const batch = planBatch([request(4), request(7, OTHER), request(8, OTHER)], given({ revisions: { [STREAM]: 4 } }))
    expect([...batch.expectations]).toEqual([[OTHER, 7]])
  })

  it('sets a request aside whose id is under way, in this batch or before it', () => {
    const [first, flying] = [anEvent(), anEvent()]
    const batch = planBatch(
      [request('no-stream', STREAM, [first]), request('no-stream', OTHER, [first]), request(0, STREAM, [flying])],
      given({ inFlight: [flying.header.id] }),
    )
    expect(batch.events.map(({ id }) => id)).toEqual([first.header.id])
    expect(batch.aside).toHaveLength(2)
  })

  it('takes nothing of a request of which one stream contradicts what is known', () => {
    const { request: both } = waitingAppend([
      { stream: STREAM, expectedRevision: 'no-stream', events: [anEvent()] },
      { stream: OTHER, expectedRevision: 1, events: [anEvent()] },
    ])
    const batch = planBatch([both, request('no-stream')], given({ revisions: { [OTHER]: 2 } }))
    expect(batch.aside).toEqual([both])
    expect(batch.events.map(({ stream, revision }) => [stream, revision])).toEqual([[STREAM, 0]])
  })

  it('never records an earlier time than the last event has', () => {
    const batch = planBatch([request('no-stream')], given({ recordedMs: 5_000, now: 3_000 }))
    expect(batch.events[0]!.recordedAt).toBe('1970-01-01T00:00:05.000Z')
    expect(batch.recordedMs).toBe(5_000)
  })

  it('leaves the tree it stands on as it was', () => {
    const base = given({ size: 300 })
    const before = base.tree.root()
    planBatch([request('no-stream')], base)
    expect(base.tree.size).toBe(300)
    expect(base.tree.root()).toEqual(before)
  })

  it('signs nothing when nothing is accepted', () => {
    expect(planBatch([request('any')], given())).toMatchObject({ events: [], checkpoint: '', tiles: [] })
  })

  it('finishes the tiles that the batch fills', () => {
    const many = request(
      'no-stream',
      STREAM,
      Array.from({ length: 300 }, () => anEvent()),
    )
    const { tiles } = planBatch([many], given({ size: 250 }))
    expect(tiles.map(({ level, index }) => [level, index])).toEqual([
      [0, 0],
      [0, 1],
    ])
  })

  it('makes dense positions, dense revisions and the tree of RFC 6962 out of any mix of requests', () => {
    const streams = [STREAM, OTHER, aStream()]
    const mix = fc.array(
      fc.record({
        stream: fc.nat(2),
        count: fc.integer({ min: 1, max: 4 }),
        expected: fc.oneof(
          fc.constant<ExpectedRevision>('any'),
          fc.constant<ExpectedRevision>('no-stream'),
          fc.integer({ min: 0, max: 5 }),
        ),
      }),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(mix, fc.nat(600), fc.nat(5), (requests, size, known) => {
        const waiting = requests.map(({ stream, count, expected }) =>
          request(
            expected,
            streams[stream],
            Array.from({ length: count }, () => anEvent()),
          ),
        )
        const base = given({ size, revisions: { [STREAM]: known } })
        const batch = planBatch(waiting, base)
        expect(batch.accepted.length + batch.aside.length + batch.unknown.length).toBe(waiting.length)
        expect(batch.events.map(({ position }) => position)).toEqual(batch.events.map((_, index) => size + index))
        for (const stream of streams) {
          const revisions = batch.events.filter((event) => event.stream === stream).map(({ revision }) => revision)
          const first = base.revisionOf(stream) ?? batch.expectations.get(stream) ?? 0
          expect(revisions).toEqual(revisions.map((_, index) => first + 1 + index))
        }
        if (batch.events.length === 0) return
        const leaves = [
          ...Array.from({ length: size }, (_, leaf) => Buffer.from(`leaf ${leaf}`)),
          ...batch.events.map(({ leaf }) => leaf),
        ]
        expect(batch.checkpoint).toBe(`${leaves.length} ${naiveRoot(leaves).toString('hex')}`)
      }),
      { numRuns: 60 },
    )
  })
})
