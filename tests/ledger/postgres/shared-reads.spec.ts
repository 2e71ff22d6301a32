import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { StoredEvent } from '../../../src/ledger/event.js'
import type { ReadAllOptions } from '../../../src/ledger/event-store.js'
import { SharedReads } from '../../../src/ledger/postgres/shared-reads.js'

const event = (position: number): StoredEvent => ({
  position,
  header: {} as StoredEvent['header'],
  leaf: Buffer.from('leaf'),
  payload: Buffer.from('payload'),
})
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => event(from + index))
const positions = (events: readonly StoredEvent[]) => events.map(({ position }) => position)

describe('reading the newest events for all who follow the log', () => {
  let now: number
  let log: StoredEvent[]
  let asked: number[]
  let reads: SharedReads
  beforeEach(() => {
    now = 1_000
    jest.spyOn(performance, 'now').mockImplementation(() => now)
    log = []
    asked = []
    reads = new SharedReads(async ({ from, limit }: ReadAllOptions) => {
      asked.push(from)
      return log.slice(from, from + limit)
    })
  })
  afterEach(() => {
    jest.restoreAllMocks()
  })

  const commitHere = (events: StoredEvent[]) => {
    log.push(...events)
    reads.offer(events)
  }

  it('gives what was committed here without asking the store', async () => {
    reads.join({ next: 0 })
    commitHere(range(0, 3))
    commitHere(range(3, 5))
    expect(positions(await reads.readAll({ from: 0, limit: 10 }))).toEqual([0, 1, 2, 3, 4])
    expect(positions(await reads.readAll({ from: 3, limit: 1 }))).toEqual([3])
    expect(asked).toEqual([])
  })

  it('takes the end for the end just after a commit, and asks the store again later', async () => {
    reads.join({ next: 0 })
    commitHere(range(0, 3))
    expect(await reads.readAll({ from: 3, limit: 10 })).toEqual([])
    expect(asked).toEqual([])
    log.push(event(3))
    now += 100
    expect(positions(await reads.readAll({ from: 3, limit: 10 }))).toEqual([3])
    expect(asked).toEqual([3])
  })

  it('still has for the slower ones what the faster have got, and forgets it when nothing comes any more', async () => {
    reads.join({ next: 0 })
    commitHere(range(0, 3))
    now += 1_000
    expect(await reads.readAll({ from: 3, limit: 10 })).toEqual([])
    expect(positions(await reads.readAll({ from: 0, limit: 10 }))).toEqual([0, 1, 2])
    expect(asked).toEqual([3])
    now += 10_000
    await reads.readAll({ from: 3, limit: 10 })
    await reads.readAll({ from: 0, limit: 10 })
    expect(asked).toEqual([3, 3, 0])
  })

  it('reads what another process committed in between', async () => {
    reads.join({ next: 0 })
    commitHere(range(0, 3))
    log.push(...range(3, 5))
    commitHere(range(5, 6))
    expect(positions(await reads.readAll({ from: 3, limit: 10 }))).toEqual([3, 4, 5])
    expect(asked).toEqual([3])
  })

  it('keeps the newest alone, and reads what lies further back', async () => {
    reads.join({ next: 0 })
    for (let from = 0; from < 9_000; from += 100) commitHere(range(from, from + 100))
    expect(positions(await reads.readAll({ from: 6_000, limit: 2 }))).toEqual([6_000, 6_001])
    expect(asked).toEqual([])
    expect(positions(await reads.readAll({ from: 10, limit: 2 }))).toEqual([10, 11])
    expect(asked).toEqual([10])
  })

  it('drops what every follower has got, and nothing that one of them still wants', async () => {
    const [fast, slow] = [{ next: 0 }, { next: 0 }]
    reads.join(fast)
    reads.join(slow)
    commitHere(range(0, 10))
    fast.next = 10
    slow.next = 4
    commitHere(range(10, 12))
    expect(positions(await reads.readAll({ from: 4, limit: 100 }))).toEqual([4, 5, 6, 7, 8, 9, 10, 11])
    expect(asked).toEqual([])
    await reads.readAll({ from: 3, limit: 1 })
    expect(asked).toEqual([3])
  })

  it('keeps no more than where the log ends while nobody follows', async () => {
    commitHere(range(0, 10))
    expect(positions(await reads.readAll({ from: 9, limit: 10 }))).toEqual([9])
    expect(asked).toEqual([])
    await reads.readAll({ from: 8, limit: 1 })
    expect(asked).toEqual([8])
  })

  it('waits for nobody who follows no more', async () => {
    const [here, gone] = [{ next: 0 }, { next: 0 }]
    reads.join(here)
    reads.join(gone)
    commitHere(range(0, 10))
    here.next = 10
    reads.leave(gone)
    commitHere(range(10, 12))
    await reads.readAll({ from: 9, limit: 1 })
    expect(asked).toEqual([9])
  })
})
