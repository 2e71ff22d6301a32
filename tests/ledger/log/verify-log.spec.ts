import { describe, expect, it } from '@jest/globals'
import { signCheckpoint } from '../../../src/ledger/log/checkpoint.js'
import { privateKeyFromSeed } from '../../../src/ledger/log/ed25519.js'
import { decodeEntryBundle, encodeEntryBundle } from '../../../src/ledger/log/entry-bundle.js'
import { leafHash } from '../../../src/ledger/log/hash.js'
import { noteSigner } from '../../../src/ledger/log/note-key.js'
import { verifyLog, type VerifyLogOptions, type VerifyProgress } from '../../../src/ledger/log/verify-log.js'
import {
  buildLog,
  checkpointOf,
  ORIGIN,
  type Resources,
  sampleEntries,
  sampleLog,
  signer,
  sourceOf,
} from './support/sample-log.js'

const big = sampleLog(70_000)
const small = sampleLog(1_000)

function verify(log: Resources, options: Partial<VerifyLogOptions> = {}) {
  return verifyLog(sourceOf(log), { vkey: signer.vkey, ...options })
}

/** The log with one resource changed, or taken away. */
function damaged(log: Resources, path: string, damage: (bytes: Buffer) => Buffer | null): Resources {
  const copy = new Map(log)
  const original = copy.get(path)
  if (!original) throw new Error(`the log has no ${path}`)
  const result = damage(Buffer.from(original))
  if (result) copy.set(path, result)
  else copy.delete(path)
  return copy
}

function flipAt(byte: number): (bytes: Buffer) => Buffer {
  return (bytes) => {
    bytes[byte]! ^= 0x10
    return bytes
  }
}

function editEntries(width: number, edit: (entries: Buffer[]) => Buffer[]): (bytes: Buffer) => Buffer {
  return (bytes) => encodeEntryBundle(edit(decodeEntryBundle(bytes, width)))
}

describe('verifying an intact log', () => {
  it.each([0, 1, 255, 256, 257, 65_536, 65_537])('succeeds at size %i', async (size) => {
    const verified = await verify(sampleLog(size))
    expect(verified).toMatchObject({ checkpoint: { origin: ORIGIN, size }, entries: size })
  })

  it('compares each tile that the standard counts at 70,000', async () => {
    expect(await verify(big)).toMatchObject({ entries: 70_000, tiles: 274 + 3, signed: checkpointOf(big) })
  })

  it('reports progress up to the size', async () => {
    const progress: VerifyProgress[] = []
    await verify(small, { onProgress: (step) => progress.push({ ...step }) })
    expect(progress.map(({ verified }) => verified)).toEqual([256, 512, 768, 1_000])
    expect(new Set(progress.map(({ size }) => size))).toEqual(new Set([1_000]))
  })

  it('hands each entry over once, in order, and waits for its receiver', async () => {
    const received: Buffer[] = []
    let busy = false
    await verify(small, {
      onEntries: async (first, entries) => {
        expect(busy).toBe(false)
        busy = true
        expect(first).toBe(received.length)
        await new Promise(setImmediate)
        received.push(...entries)
        busy = false
      },
    })
    expect(received).toEqual(sampleEntries(1_000))
  })

  it('can do without the entries where only the tiles are public', async () => {
    const tilesOnly = new Map([...small].filter(([path]) => !path.startsWith('tile/entries')))
    expect(await verify(tilesOnly, { entries: false })).toMatchObject({ entries: 0, tiles: 5 })
  })

  it('accepts full tiles where the partial ones were deleted', async () => {
    const { checkpoint } = await verify(small)
    const grown = sampleLog(1_024)
    grown.set('checkpoint', Buffer.from(signCheckpoint({ ...checkpoint, origin: ORIGIN }, signer)))
    grown.set('tile/1/000.p/3', grown.get('tile/1/000.p/4')!.subarray(0, 96))
    expect(await verify(grown)).toMatchObject({ entries: 1_000 })
  })

  it('reads no more tiles ahead than it was told', async () => {
    const source = sourceOf(big)
    let reading = 0
    let most = 0
    const watched = {
      ...source,
      async tile(level: number, index: number, width: number) {
        most = Math.max(most, ++reading)
        const bytes = await source.tile(level, index, width)
        reading--
        return bytes
      },
    }
    await verifyLog(watched, { vkey: signer.vkey, concurrency: 3 })
    expect(most).toBeLessThanOrEqual(4)
  })
})

describe('verifying an altered log names what is wrong', () => {
  it('for a flipped bit in a full leaf tile', async () => {
    const log = damaged(big, 'tile/0/100', flipAt(32 * 5))
    await expect(verify(log)).rejects.toMatchObject({
      code: 'tile-mismatch',
      details: { tile: 'tile/0/100', position: 25_605 },
    })
  })

  it('for a flipped bit in the partial leaf tile', async () => {
    const log = damaged(big, 'tile/0/273.p/112', flipAt(32 * 111 + 31))
    await expect(verify(log)).rejects.toMatchObject({
      code: 'tile-mismatch',
      details: { tile: 'tile/0/273.p/112', position: 69_999 },
    })
  })

  it.each([
    ['tile/1/000', 32 * 7, 7 * 256],
    ['tile/1/001.p/17', 32 * 16, (256 + 16) * 256],
    ['tile/2/000.p/1', 3, 0],
  ])('for a flipped bit in %s', async (tile, byte, position) => {
    await expect(verify(damaged(big, tile, flipAt(byte)))).rejects.toMatchObject({
      code: 'tile-mismatch',
      details: { tile, position },
    })
  })

  it.each([
    ['a full', 'tile/entries/100', 256, 25_600],
    ['the partial', 'tile/entries/273.p/112', 112, 69_888],
  ])('for an edited entry in %s bundle', async (_, tile, width, first) => {
    const log = damaged(
      big,
      tile,
      editEntries(width, (entries) => entries.with(9, Buffer.from('forged'))),
    )
    await expect(verify(log)).rejects.toMatchObject({
      code: 'entry-mismatch',
      details: { tile, position: first + 9 },
    })
  })

  it('for two entries that changed places', async () => {
    const swap = editEntries(256, (entries) => entries.with(3, entries[4]!).with(4, entries[3]!))
    await expect(verify(damaged(big, 'tile/entries/002', swap))).rejects.toMatchObject({
      code: 'entry-mismatch',
      details: { position: 515 },
    })
  })

  it('for a deleted entry, even when the next one moved up', async () => {
    const remove = editEntries(256, (entries) => [...entries.slice(0, 7), ...entries.slice(8)])
    await expect(verify(damaged(big, 'tile/entries/001', remove))).rejects.toMatchObject({
      code: 'entry-bundle-malformed',
      details: { tile: 'tile/entries/001', position: 511 },
    })
    const without = buildLog(sampleEntries(1_001).toSpliced(300, 1))
    without.set('checkpoint', small.get('checkpoint')!)
    await expect(verify(without)).rejects.toMatchObject({ code: 'root-mismatch' })
  })

  it('for a truncated bundle', async () => {
    const log = damaged(small, 'tile/entries/000', (bytes) => bytes.subarray(0, -1))
    await expect(verify(log)).rejects.toMatchObject({
      code: 'entry-bundle-malformed',
      details: { tile: 'tile/entries/000', position: 255 },
    })
  })

  it.each([
    ['tile/0/002', 'tile-truncated'],
    ['tile/1/000.p/3', 'tile-truncated'],
  ])('for a truncated tile %s', async (tile, code) => {
    const log = damaged(small, tile, (bytes) => bytes.subarray(0, -32))
    await expect(verify(log)).rejects.toMatchObject({ code, details: { tile } })
  })

  it.each([
    ['tile/0/002', 'tile-missing'],
    ['tile/1/000.p/3', 'tile-missing'],
    ['tile/entries/003.p/232', 'entries-missing'],
    ['checkpoint', 'checkpoint-missing'],
  ])('for a missing %s', async (path, code) => {
    const error: unknown = await verify(damaged(small, path, () => null)).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code, ...(path !== 'checkpoint' && { details: { tile: path } }) })
  })

  it('for entries and tiles that were all rewritten to agree', async () => {
    const forged = buildLog(sampleEntries(1_000).with(17, Buffer.from('forged')))
    forged.set('checkpoint', small.get('checkpoint')!)
    await expect(verify(forged)).rejects.toMatchObject({ code: 'root-mismatch', details: { size: 1_000 } })
  })

  it('for a checkpoint that the pinned key did not sign', async () => {
    const impostor = noteSigner(ORIGIN, privateKeyFromSeed(Buffer.alloc(32, 66)))
    await expect(verify(buildLog(sampleEntries(10), impostor))).rejects.toMatchObject({
      code: 'checkpoint-signature-invalid',
    })
  })

  it('for the checkpoint of another log under the same key', async () => {
    await expect(verify(small, { origin: 'log.example.org/other' })).rejects.toMatchObject({
      code: 'checkpoint-origin-mismatch',
    })
  })
})

describe('verifying against the last checkpoint seen', () => {
  it.each([0, 1, 256, 300, 768, 999, 1_000])('accepts a log that grew from %i', async (size) => {
    const lastSeen = checkpointOf(sampleLog(size))
    await expect(verify(small, { lastSeen })).resolves.toMatchObject({ entries: 1_000 })
  })

  // proves TL-LOG-004
  it('detects a log that was rolled back', async () => {
    await expect(verify(small, { lastSeen: checkpointOf(sampleLog(1_001)) })).rejects.toMatchObject({
      code: 'log-rolled-back',
      details: { size: 1_000, lastSeenSize: 1_001 },
    })
  })

  // proves TL-LOG-004
  it.each([1, 256, 300, 768, 999, 1_000])('detects a log that forked before %i', async (size) => {
    const other = buildLog(sampleEntries(size).with(size - 1, Buffer.from('otherwise')))
    await expect(verify(small, { lastSeen: checkpointOf(other) })).rejects.toMatchObject({
      code: 'log-forked',
      details: { size: 1_000, lastSeenSize: size },
    })
  })

  it('refuses a last checkpoint that the log did not sign', async () => {
    const text = signCheckpoint({ origin: ORIGIN, size: 10, root: leafHash('x') }, signer)
    await expect(verify(small, { lastSeen: text.replace('\n10\n', '\n11\n') })).rejects.toMatchObject({
      code: 'checkpoint-signature-invalid',
    })
  })
})
