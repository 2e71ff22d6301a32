import { describe, expect, it } from '@jest/globals'
import { EMPTY_ROOT, leafHash, nodeHash, subtreeRoot } from '../../../src/ledger/log/hash.js'
import { CT_LEAVES, CT_ROOTS } from './support/ct-vectors.js'

describe('RFC 6962 hashes', () => {
  it('gives the empty tree the hash of nothing', () => {
    expect(EMPTY_ROOT.toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })

  it('gives the empty leaf the hash of its prefix', () => {
    expect(leafHash('').toString('hex')).toBe(CT_ROOTS[0])
    expect(leafHash(Buffer.alloc(0)).toString('hex')).toBe(CT_ROOTS[0])
  })

  it('separates nodes from leaves', () => {
    const [left, right] = [leafHash('l'), leafHash('r')]
    expect(nodeHash(left, right)).not.toEqual(leafHash(Buffer.concat([left, right])))
    expect(nodeHash(left, right)).not.toEqual(nodeHash(right, left))
  })

  it('hashes a string as its UTF-8 bytes', () => {
    expect(leafHash('Zoë 💓')).toEqual(leafHash(Buffer.from('Zoë 💓')))
  })

  it('hashes entries at and beyond the size of an entry bundle', () => {
    for (const size of [65_535, 65_536]) expect(leafHash(Buffer.alloc(size, 97))).toEqual(leafHash('a'.repeat(size)))
  })

  it('does not let one result change when the next is computed', () => {
    const first = leafHash('a')
    const before = Buffer.from(first)
    nodeHash(leafHash('b'), leafHash('c'))
    expect(first).toEqual(before)
  })

  it('reproduces the reference roots of complete trees', () => {
    for (const size of [1, 2, 4, 8]) {
      const hashes = Buffer.concat(CT_LEAVES.slice(0, size).map((leaf) => leafHash(leaf)))
      expect(subtreeRoot(hashes).toString('hex')).toBe(CT_ROOTS[size - 1])
    }
  })
})
