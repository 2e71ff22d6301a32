/** Entry bundles, C2SP tlog-tiles "Log entries": each entry as a big-endian uint16 length and its bytes. */
import { IntegrityError, InvalidRequest } from '../../platform/errors.js'
import { digestInto, HASH_SIZE } from './hash.js'
import { TILE_WIDTH } from './tile-path.js'

/** Most bytes of one entry. */
export const MAX_ENTRY_BYTES = 65_535
/** Most bytes of a full bundle. */
export const MAX_BUNDLE_BYTES = TILE_WIDTH * (2 + MAX_ENTRY_BYTES)

const LENGTH_BYTES = 2

/** @throws InvalidRequest `entry-too-large`: an entry of more than 65,535 bytes */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Buffer {
  const bundle = Buffer.allocUnsafe(entries.reduce((sum, entry) => sum + LENGTH_BYTES + entry.length, 0))
  let offset = 0
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_BYTES) {
      throw new InvalidRequest('entry-too-large', 'A log entry holds at most 65,535 bytes.', { size: entry.length })
    }
    offset = bundle.writeUInt16BE(entry.length, offset)
    bundle.set(entry, offset)
    offset += entry.length
  }
  return bundle
}

/** Start and end of each entry's bytes: [start0, end0, start1, end1, …]. */
function entryBounds(bundle: Buffer, width: number): Uint32Array {
  const bounds = new Uint32Array(2 * width)
  let offset = 0
  for (let at = 0; at < width; at++) {
    const start = offset + LENGTH_BYTES
    const end = start <= bundle.length ? start + bundle.readUInt16BE(offset) : Infinity
    if (end > bundle.length) throw malformed(width, at)
    bounds[2 * at] = start
    bounds[2 * at + 1] = end
    offset = end
  }
  if (offset !== bundle.length) throw malformed(width, width)
  return bounds
}

function malformed(width: number, entry: number): IntegrityError {
  return new IntegrityError('entry-bundle-malformed', 'An entry bundle does not hold exactly the entries it should.', {
    expected: width,
    entry,
  })
}

/**
 * Entries of a bundle, as views on its bytes.
 *
 * @param width entries the bundle must hold, no more and no less
 * @throws IntegrityError `entry-bundle-malformed`; `details.entry` counts the entries read before
 */
export function decodeEntryBundle(bundle: Buffer, width: number): Buffer[] {
  const bounds = entryBounds(bundle, width)
  return Array.from({ length: width }, (_, at) => bundle.subarray(bounds[2 * at], bounds[2 * at + 1]))
}

/**
 * Leaf hashes of a bundle, concatenated: what the level-0 tile of the same index must hold.
 *
 * Overwrites the length prefixes with the leaf prefix, so that no entry is copied: the bundle cannot be decoded afterwards,
 * while entries decoded before stay as they are.
 *
 * @throws IntegrityError `entry-bundle-malformed`
 */
export function consumeBundleHashes(bundle: Buffer, width: number): Buffer {
  const bounds = entryBounds(bundle, width)
  const hashes = Buffer.allocUnsafe(width * HASH_SIZE)
  for (let at = 0; at < width; at++) {
    const prefix = bounds[2 * at]! - 1
    bundle[prefix] = 0x00
    digestInto(bundle.subarray(prefix, bounds[2 * at + 1]), hashes, at * HASH_SIZE)
  }
  return hashes
}
