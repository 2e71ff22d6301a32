/** A log source over anything that reads a C2SP tlog-tiles layout by path. */
import { IntegrityError } from '../../platform/errors.js'
import { decodeEntryBundle, encodeEntryBundle } from './entry-bundle.js'
import { HASH_SIZE } from './hash.js'
import {
  MAX_CHECKPOINT_BYTES,
  maxBundleBytes,
  maxTileBytes,
  type PublishedLog,
  type ResourceReader,
} from './log-source.js'
import { TILE_WIDTH, tilePath } from './tile-path.js'

/**
 * Reads a partial resource and, since a log may delete those that a full one replaced, the full one after it.
 * C2SP tlog-tiles, "Partial Tiles".
 */
async function readPartialOrFull(
  read: ResourceReader,
  path: (width: number) => string,
  maxBytes: (width: number) => number,
  width: number,
): Promise<{ bytes: Buffer; width: number } | null> {
  for (const held of width === TILE_WIDTH ? [width] : [width, TILE_WIDTH]) {
    const bytes = await read(path(held), maxBytes(held))
    if (bytes) return { bytes, width: held }
  }
  return null
}

export function resourceLogSource(read: ResourceReader): PublishedLog {
  return {
    async checkpoint() {
      const bytes = await read('checkpoint', MAX_CHECKPOINT_BYTES)
      if (!bytes) throw new IntegrityError('checkpoint-missing', 'The log has no checkpoint.')
      return bytes.toString('utf8')
    },
    async cosignedCheckpoint() {
      const bytes = await read('cosigned-checkpoint', MAX_CHECKPOINT_BYTES)
      return bytes && bytes.toString('utf8')
    },
    async tile(level, index, width) {
      const held = await readPartialOrFull(read, (w) => tilePath(level, index, w), maxTileBytes, width)
      const details = { tile: tilePath(level, index, width), level, index }
      if (!held) throw new IntegrityError('tile-missing', 'A tile that the checkpoint requires is missing.', details)
      if (held.bytes.length !== held.width * HASH_SIZE) {
        throw new IntegrityError('tile-truncated', 'A tile has not the length of its width.', details)
      }
      return held.bytes.subarray(0, width * HASH_SIZE)
    },
    async entries(index, width) {
      const held = await readPartialOrFull(read, (w) => tilePath('entries', index, w), maxBundleBytes, width)
      if (!held) {
        const details = { tile: tilePath('entries', index, width), index }
        throw new IntegrityError('entries-missing', 'An entry bundle that the checkpoint requires is missing.', details)
      }
      if (held.width === width) return held.bytes
      return encodeEntryBundle(decodeEntryBundle(held.bytes, held.width).slice(0, width))
    },
  }
}
