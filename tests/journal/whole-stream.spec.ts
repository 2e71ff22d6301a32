import { describe, expect, it } from '@jest/globals'
import { wholeStream } from '../../src/journal/whole-stream.js'
import type { StoredEvent } from '../../src/ledger/event.js'
import type { ReadStreamOptions } from '../../src/ledger/event-store.js'

/** A store whose reads are bounded to what is asked for, over one stream of `length` events. */
const storeOf = (length: number) => ({
  readStream: async (_stream: string, { from = 0, limit = 0 }: ReadStreamOptions = {}) =>
    Array.from(
      { length: Math.max(0, Math.min(limit, length - from)) },
      (_, index) => ({ position: from + index }) as StoredEvent,
    ),
})
const read = async (length: number, toRevision?: number) =>
  (await wholeStream(storeOf(length), 'any', toRevision, 4)).map(({ position }) => position)
const revisions = (count: number) => Array.from({ length: count }, (_, revision) => revision)

describe('a whole stream', () => {
  it.each([0, 1, 3, 4, 5, 8, 11])('of %i events is read to its end, page after page', async (length) => {
    expect(await read(length)).toEqual(revisions(length))
  })

  it.each([0, 3, 4, 7])('is read up to and with revision %i', async (revision) => {
    expect(await read(10, revision)).toEqual(revisions(revision + 1))
  })

  it('ends where the stream ends when a later revision is asked for', async () => {
    expect(await read(6, 100)).toEqual(revisions(6))
  })
})
