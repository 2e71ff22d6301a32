import { describe, expect, it } from '@jest/globals'
import { RevisionMemory } from '../../../src/ledger/postgres/revision-memory.js'

describe('what a writer remembers of streams', () => {
  it('is not overruled by a look-up that an append has overtaken', () => {
    const memory = new RevisionMemory()
    memory.set('a', 5)
    memory.learn(
      new Map([
        ['a', 4],
        ['b', 0],
      ]),
    )
    expect([memory.get('a'), memory.get('b')]).toEqual([5, 0])
  })

  it('gives way to a look-up that another process has carried further', () => {
    const memory = new RevisionMemory()
    memory.set('a', 0)
    memory.learn(new Map([['a', 1]]))
    expect(memory.get('a')).toBe(1)
  })

  it('is bounded: the stream least recently written is forgotten first', () => {
    const memory = new RevisionMemory(2)
    memory.set('a', 0)
    memory.set('b', 0)
    memory.set('a', 1)
    memory.set('c', 0)
    expect(['a', 'b', 'c'].map((stream) => memory.get(stream))).toEqual([1, undefined, 0])
  })
})
