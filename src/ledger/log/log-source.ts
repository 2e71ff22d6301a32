/** Where a log is read from. Nothing a source returns is trusted; each implementation only bounds what it reads. */
import { IntegrityError } from '../../platform/errors.js'
import { MAX_BUNDLE_BYTES } from './entry-bundle.js'
import { HASH_SIZE } from './hash.js'
import { TILE_WIDTH } from './tile-path.js'

/** Most bytes of a checkpoint that a source reads. */
export const MAX_CHECKPOINT_BYTES = 65_536

export interface LogSource {
  /**
   * The signed checkpoint, unverified.
   *
   * @throws IntegrityError `checkpoint-missing`, `resource-too-large`
   * @throws Unavailable `log-unreachable`
   */
  checkpoint(): Promise<string>
  /**
   * Exactly `width` hashes of a tile, `width` · 32 bytes.
   *
   * @throws IntegrityError `tile-missing`, `tile-truncated`, `resource-too-large`
   * @throws Unavailable `log-unreachable`
   */
  tile(level: number, index: number, width: number): Promise<Buffer>
  /**
   * A bundle of `width` entries, in a Buffer that is the caller's: to overwrite, or to hand to another thread.
   *
   * @throws IntegrityError `entries-missing`, `entry-bundle-malformed`, `resource-too-large`
   * @throws Forbidden `log-access-denied`: the log gives its entries to holders of a token only
   * @throws Unavailable `log-unreachable`
   */
  entries(index: number, width: number): Promise<Buffer>
}

/** A log as it is published, with what its witnesses cosigned. */
export interface PublishedLog extends LogSource {
  /**
   * The checkpoint that the log says enough witnesses cosigned, unverified; null where it has none.
   *
   * @throws as `checkpoint` does, but for `checkpoint-missing`
   */
  cosignedCheckpoint(): Promise<string | null>
}

/** Reads one resource by its path below the log's prefix; null when there is none. */
export type ResourceReader = (path: string, maxBytes: number) => Promise<Buffer | null>

/** Most bytes of a bundle of `width` entries. */
export function maxBundleBytes(width: number): number {
  return (MAX_BUNDLE_BYTES / TILE_WIDTH) * width
}

/** Most bytes of a tile of `width` hashes. */
export function maxTileBytes(width: number): number {
  return HASH_SIZE * width
}

export function resourceTooLarge(path: string, maxBytes: number): IntegrityError {
  return new IntegrityError('resource-too-large', 'The log sent more than this resource can hold.', { path, maxBytes })
}
