import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { consumeBundleHashes, decodeEntryBundle, encodeEntryBundle } from '../../../src/ledger/log/entry-bundle.js'
import { referenceLeaf } from './support/reference-tree.js'

const malformed = expect.objectContaining({ code: 'entry-bundle-malformed' })
const anyEntries = fc.array(
  fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes)),
  { maxLength: 20 },
)

describe('entry bundles', () => {
  it('are lengths as big-endian uint16, each followed by its bytes', () => {
    const bundle = encodeEntryBundle([Buffer.from('ab'), Buffer.alloc(0), Buffer.alloc(258, 1)])
    expect(bundle.subarray(0, 9).toString('hex')).toBe('000261620000010201')
    expect(bundle).toHaveLength(4 + 2 + 260)
  })

  it('give back the entries they were made of, and their leaf hashes', () => {
    fc.assert(
      fc.property(anyEntries, (entries) => {
        const bundle = encodeEntryBundle(entries)
        const decoded = decodeEntryBundle(bundle, entries.length)
        expect(decoded).toEqual(entries)
        expect(consumeBundleHashes(bundle, entries.length)).toEqual(Buffer.concat(entries.map(referenceLeaf)))
        expect(decoded).toEqual(entries)
      }),
    )
  })

  it('hold entries of up to 65,535 bytes', () => {
    const largest = Buffer.alloc(65_535, 9)
    expect(decodeEntryBundle(encodeEntryBundle([largest]), 1)).toEqual([largest])
    expect(() => encodeEntryBundle([Buffer.alloc(65_536)])).toThrow(
      expect.objectContaining({ code: 'entry-too-large' }),
    )
  })

  it('are refused when cut anywhere, and say how many entries were whole', () => {
    const bundle = encodeEntryBundle([Buffer.from('abc'), Buffer.from('defg')])
    for (let length = 0; length < bundle.length; length++) {
      const entry = length < 5 ? 0 : 1
      expect(() => decodeEntryBundle(bundle.subarray(0, length), 2)).toThrow(
        expect.objectContaining({ code: 'entry-bundle-malformed', details: { expected: 2, entry } }),
      )
    }
  })

  it('are refused with fewer or more entries than asked for', () => {
    const bundle = encodeEntryBundle([Buffer.from('abc'), Buffer.from('defg')])
    for (const width of [1, 3]) {
      expect(() => decodeEntryBundle(bundle, width)).toThrow(malformed)
      expect(() => consumeBundleHashes(bundle, width)).toThrow(malformed)
    }
  })
})
