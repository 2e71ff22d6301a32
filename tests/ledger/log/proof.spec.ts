import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { leafHash } from '../../../src/ledger/log/hash.js'
import { noteVerifier } from '../../../src/ledger/log/note-key.js'
import { verifyConsistency, verifyInclusion } from '../../../src/ledger/log/proof.js'
import { consistencyProof, type HashReader, inclusionProof, treeRoot } from '../../../src/ledger/log/prove.js'
import { tileHashReader } from '../../../src/ledger/log/tile-hash-reader.js'
import { encodeTlogProof, parseTlogProof, verifyTlogProof } from '../../../src/ledger/log/tlog-proof.js'
import { CT_LEAVES, CT_ROOTS } from './support/ct-vectors.js'
import { referenceRoot } from './support/reference-tree.js'
import {
  buildLog,
  checkpointOf,
  sampleEntries,
  sampleEntry,
  sampleLog,
  signer,
  sourceOf,
} from './support/sample-log.js'

const SIZE = 70_000
const big = sampleLog(SIZE)
const leaves = sampleEntries(SIZE).map((entry) => leafHash(entry))
const invalid = expect.objectContaining({ code: 'proof-invalid' })

/** Reads the tiles of the big log as they are in the tree of `size` leaves: narrower ones come out of wider ones. */
function readerAt(size: number, seen?: Set<string>): HashReader {
  const source = sourceOf(big)
  return tileHashReader(size, async (level, index, width) => {
    seen?.add(`${level}/${index}`)
    const held = Math.min(256, Math.floor(SIZE / 256 ** level) - index * 256)
    return (await source.tile(level, index, held)).subarray(0, width * 32)
  })
}

const rootAt = (size: number): Promise<Buffer> => treeRoot(size, readerAt(size))
const flip = (hash: Buffer, bit: number): Buffer => {
  const flipped = Buffer.from(hash)
  flipped[bit >> 3]! ^= 1 << (bit & 7)
  return flipped
}
const anySize = fc.oneof(
  fc.integer({ min: 1, max: SIZE }),
  fc.constantFrom(1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, SIZE),
)

describe('roots out of tiles', () => {
  it.each([0, 1, 2, 255, 256, 257, 65_536, 65_537, SIZE])('are those of the definition at size %i', async (size) => {
    expect(await rootAt(size)).toEqual(referenceRoot(leaves.slice(0, size)))
  })
})

describe('the reference tree of Certificate Transparency', () => {
  const source = sourceOf(buildLog([...CT_LEAVES]))
  const reader = tileHashReader(8, (level, index, width) => source.tile(level, index, width))
  const hex = (hashes: Buffer[]): string[] => hashes.map((hash) => hash.toString('hex'))

  it('has the published audit path of leaf 5', async () => {
    expect(hex(await inclusionProof(5, 8, reader))).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ])
  })

  it('has the published consistency proofs', async () => {
    expect(hex(await consistencyProof(6, 8, reader))).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ])
    const [old, proof] = [Buffer.from(CT_ROOTS[5]!, 'hex'), await consistencyProof(6, 8, reader)]
    verifyConsistency(6, 8, proof, old, Buffer.from(CT_ROOTS[7]!, 'hex'))
    expect(() => verifyConsistency(6, 8, proof, old, Buffer.from(CT_ROOTS[6]!, 'hex'))).toThrow(invalid)
  })
})

describe('inclusion proofs', () => {
  it('verify for each leaf of small trees', async () => {
    for (let size = 1; size <= 33; size++) {
      for (let index = 0; index < size; index++) {
        const proof = await inclusionProof(index, size, readerAt(size))
        verifyInclusion(index, size, leaves[index]!, proof, await rootAt(size))
      }
    }
  })

  it('verify for any leaf of any tree, and for nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(anySize, fc.nat(), fc.nat(255), fc.nat(), async (size, at, bit, which) => {
        const index = at % size
        const root = await rootAt(size)
        const proof = await inclusionProof(index, size, readerAt(size))
        verifyInclusion(index, size, leaves[index]!, proof, root)
        const refused = (...args: Parameters<typeof verifyInclusion>) =>
          expect(() => verifyInclusion(...args)).toThrow(invalid)
        refused(index, size, flip(leaves[index]!, bit), proof, root)
        refused(index, size, leaves[index]!, proof, flip(root, bit))
        refused(index, size, leaves[index]!, [...proof, root], root)
        refused(size, size, leaves[index]!, proof, root)
        if (proof.length === 0) return
        const damaged = proof.with(which % proof.length, flip(proof[which % proof.length]!, bit))
        refused(index, size, leaves[index]!, damaged, root)
        refused(index, size, leaves[index]!, proof.slice(0, -1), root)
        refused(index === 0 ? 1 : index - 1, size, leaves[index]!, proof, root)
      }),
      { numRuns: 100 },
    )
  })

  it('read few tiles of a large tree', async () => {
    const seen = new Set<string>()
    await inclusionProof(12_345, SIZE, readerAt(SIZE, seen))
    expect(seen.size).toBeLessThanOrEqual(6)
  })

  it('are not made for leaves that are not there', async () => {
    for (const [index, size] of [
      [-1, 5],
      [5, 5],
      [0, 0],
      [0.5, 5],
    ] as const) {
      await expect(inclusionProof(index, size, readerAt(size))).rejects.toMatchObject({ code: 'proof-range-invalid' })
    }
  })
})

describe('consistency proofs', () => {
  it('verify between each two small trees', async () => {
    for (let newSize = 0; newSize <= 20; newSize++) {
      for (let oldSize = 0; oldSize <= newSize; oldSize++) {
        const proof = await consistencyProof(oldSize, newSize, readerAt(newSize))
        verifyConsistency(oldSize, newSize, proof, await rootAt(oldSize), await rootAt(newSize))
      }
    }
  })

  it('verify between any two trees, and for nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(anySize, anySize, fc.nat(255), fc.nat(), async (one, other, bit, which) => {
        const [oldSize, newSize] = [Math.min(one, other), Math.max(one, other)]
        const [oldRoot, newRoot] = [await rootAt(oldSize), await rootAt(newSize)]
        const proof = await consistencyProof(oldSize, newSize, readerAt(newSize))
        verifyConsistency(oldSize, newSize, proof, oldRoot, newRoot)
        const refused = (...args: Parameters<typeof verifyConsistency>) =>
          expect(() => verifyConsistency(...args)).toThrow(invalid)
        refused(oldSize, newSize, proof, flip(oldRoot, bit), newRoot)
        refused(oldSize, newSize, proof, oldRoot, flip(newRoot, bit))
        refused(oldSize, newSize, [...proof, newRoot], oldRoot, newRoot)
        if (proof.length === 0) return
        refused(newSize, oldSize, proof, newRoot, oldRoot)
        refused(oldSize, newSize, proof.slice(1), oldRoot, newRoot)
        const damaged = proof.with(which % proof.length, flip(proof[which % proof.length]!, bit))
        refused(oldSize, newSize, damaged, oldRoot, newRoot)
      }),
      { numRuns: 100 },
    )
  })

  it('are not made backwards', async () => {
    await expect(consistencyProof(5, 4, readerAt(5))).rejects.toMatchObject({ code: 'proof-range-invalid' })
  })
})

describe('proof files', () => {
  const verifier = noteVerifier(signer.vkey)
  const prove = async (index: number) => ({
    index,
    hashes: await inclusionProof(index, SIZE, readerAt(SIZE)),
    checkpoint: checkpointOf(big),
  })

  it('have the lines of the standard', async () => {
    const proof = await prove(69_999)
    const lines = encodeTlogProof({ ...proof, extra: Buffer.from('more') }).split('\n')
    expect(lines.slice(0, 3)).toEqual(['c2sp.org/tlog-proof@v1', 'extra bW9yZQ==', 'index 69999'])
    expect(lines[3]).toBe(proof.hashes[0]!.toString('base64'))
    expect(lines.indexOf('')).toBe(3 + proof.hashes.length)
    expect(lines[4 + proof.hashes.length]).toBe(signer.name)
  })

  // proves TL-LOG-003
  it('verify offline after being read back', async () => {
    const file = encodeTlogProof(await prove(12_345))
    const proof = parseTlogProof(file)
    expect(encodeTlogProof(proof)).toBe(file)
    expect(verifyTlogProof(proof, leafHash(sampleEntry(12_345)), [verifier]).size).toBe(SIZE)
  })

  // proves TL-LOG-003
  it('do not verify for another entry, position, hash or signer', async () => {
    const proof = await prove(12_345)
    const leaf = leafHash(sampleEntry(12_345))
    expect(() => verifyTlogProof(proof, leafHash(sampleEntry(12_346)), [verifier])).toThrow(invalid)
    expect(() => verifyTlogProof({ ...proof, index: 12_344 }, leaf, [verifier])).toThrow(invalid)
    expect(() => verifyTlogProof({ ...proof, hashes: proof.hashes.toReversed() }, leaf, [verifier])).toThrow(invalid)
    const forged = { ...proof, checkpoint: proof.checkpoint.replace('70000', '70001') }
    expect(() => verifyTlogProof(forged, leaf, [verifier])).toThrow(
      expect.objectContaining({ code: 'checkpoint-signature-invalid' }),
    )
  })

  it.each([
    ['another header', (file: string) => file.replace('@v1', '@v2')],
    ['no index', (file: string) => file.replace(/index.*\n/, '')],
    ['a leading zero', (file: string) => file.replace('index ', 'index 0')],
    ['extra after the index', (file: string) => file.replace('index 7\n', 'index 7\nextra AAAA\n')],
    ['malformed extra', (file: string) => file.replace('index', 'extra ?\nindex')],
    ['a short hash', (file: string) => file.replace('index 7\n', 'index 7\nAAAA\n')],
    ['no checkpoint', (file: string) => file.slice(0, file.indexOf('\n\n'))],
    ['carriage returns', (file: string) => file.replaceAll('\n', '\r\n')],
    ['nothing', () => ''],
  ])('are malformed with %s', async (_, damage) => {
    const file = damage(encodeTlogProof(await prove(7)))
    expect(() => parseTlogProof(file)).toThrow(expect.objectContaining({ code: 'tlog-proof-malformed' }))
  })
})
