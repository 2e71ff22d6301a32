/** Verification of a whole log: checkpoint, every tile, every entry, and consistency with what was seen before. */
import { IntegrityError } from '../../platform/errors.js'
import { openCheckpoint, type ParsedCheckpoint } from './checkpoint.js'
import { consumeBundleHashes, decodeEntryBundle } from './entry-bundle.js'
import { HASH_SIZE, subtreeRoot } from './hash.js'
import type { LogSource } from './log-source.js'
import { noteVerifier } from './note-key.js'
import { prefetch } from './prefetch.js'
import { levelCount, partialWidth, tileWidth } from './tile-geometry.js'
import { TILE_WIDTH, tilePath } from './tile-path.js'
import { type FullTile, TreeState } from './tree-state.js'

export interface VerifyProgress {
  /** Leaves verified so far, and in all. */
  verified: number
  size: number
}

export interface VerifyLogOptions {
  /** The log's key, pinned out of band. */
  vkey: string
  /** The log's origin, pinned out of band; default the key's name. */
  origin?: string
  /** The last checkpoint of this log that was verified, signed. */
  lastSeen?: string
  /** False to check the tiles alone, where the entries are not for the caller to read; default true. */
  entries?: boolean
  /** Tiles fetched ahead; default 16. With full-size entries each may hold 16 MB. */
  concurrency?: number
  onProgress?: (progress: VerifyProgress) => void
  /** Receives the entries of each bundle, once they match the tile, in order; the next bundle waits for it. */
  onEntries?: (first: number, entries: Buffer[]) => void | Promise<void>
}

export interface VerifiedLog {
  /** Verified; to be kept as the next `lastSeen`. */
  checkpoint: ParsedCheckpoint
  /** The same, as signed. */
  signed: string
  /** Entries that were hashed: the size, or 0 with `entries: false`. */
  entries: number
  /** Full and partial tiles of hashes that were compared with recomputed ones. */
  tiles: number
}

/** One level-0 tile as served, and the bundle of its entries. */
interface LeafTile {
  index: number
  width: number
  served: Buffer
  bundle: Buffer | null
}

/**
 * Verifies a whole log as a stream: memory does not grow with the log.
 *
 * Leaf hashes are computed from the entries, all other hashes from those, and everything served is compared with what was
 * computed. The error names the first place that is wrong: `details.position` is a leaf index, `details.tile` a path.
 *
 * @throws IntegrityError `checkpoint-malformed`, `checkpoint-signature-invalid`, `checkpoint-origin-mismatch`: the checkpoint,
 *   or the last one seen, is not one of this log;
 *   `log-rolled-back`: the log is smaller than it was; `log-forked`: it is not an extension of what it was;
 *   `tile-mismatch`, `tile-missing`, `tile-truncated`; `entry-mismatch`, `entries-missing`, `entry-bundle-malformed`;
 *   `root-mismatch`: all tiles and entries agree, with another root than the signed one
 * @throws Forbidden, Unavailable as `LogSource` does
 */
export async function verifyLog(source: LogSource, options: VerifyLogOptions): Promise<VerifiedLog> {
  const verifier = noteVerifier(options.vkey)
  const open = (signed: string): ParsedCheckpoint => openCheckpoint(signed, [verifier], options.origin)
  const signed = await source.checkpoint()
  const checkpoint = open(signed)
  const lastSeen = options.lastSeen === undefined ? null : open(options.lastSeen)
  if (lastSeen) assertMayExtend(checkpoint, lastSeen)
  const verification = new Verification(source, checkpoint, lastSeen, options)
  return { checkpoint, signed, ...(await verification.run()) }
}

/** What two signed checkpoints show by themselves, before anything is read. */
function assertMayExtend(checkpoint: ParsedCheckpoint, lastSeen: ParsedCheckpoint): void {
  if (checkpoint.size < lastSeen.size) {
    throw new IntegrityError('log-rolled-back', 'The log is smaller than when it was last verified.', {
      size: checkpoint.size,
      lastSeenSize: lastSeen.size,
    })
  }
  if (checkpoint.size === lastSeen.size && !checkpoint.root.equals(lastSeen.root)) throw forked(checkpoint, lastSeen)
}

function forked(checkpoint: ParsedCheckpoint, lastSeen: ParsedCheckpoint): IntegrityError {
  return new IntegrityError('log-forked', 'The log does not extend the one that was last verified.', {
    size: checkpoint.size,
    lastSeenSize: lastSeen.size,
  })
}

class Verification {
  private readonly tree = new TreeState()
  private tiles = 0
  private entries = 0

  constructor(
    private readonly source: LogSource,
    private readonly checkpoint: ParsedCheckpoint,
    private readonly lastSeen: ParsedCheckpoint | null,
    private readonly options: VerifyLogOptions,
  ) {}

  async run(): Promise<{ entries: number; tiles: number }> {
    const { size, root } = this.checkpoint
    this.assertNotForked(0)
    const leafTiles = Math.ceil(size / TILE_WIDTH)
    for await (const tile of prefetch(leafTiles, this.options.concurrency ?? 16, (index) => this.fetch(index))) {
      await this.verifyLeafTile(tile)
      this.options.onProgress?.({ verified: this.tree.size, size })
    }
    await this.verifyPartialTiles()
    if (!this.tree.root().equals(root)) {
      throw new IntegrityError('root-mismatch', 'The entries have another root than the one that was signed.', { size })
    }
    return { entries: this.entries, tiles: this.tiles }
  }

  private async fetch(index: number): Promise<LeafTile> {
    const width = tileWidth(this.checkpoint.size, 0, index)
    const wanted = this.options.entries ?? true
    const [served, bundle] = await Promise.all([
      this.source.tile(0, index, width),
      wanted ? this.source.entries(index, width) : null,
    ])
    return { index, width, served, bundle }
  }

  private async verifyLeafTile(tile: LeafTile): Promise<void> {
    const first = tile.index * TILE_WIDTH
    const entries = tile.bundle && this.options.onEntries ? this.decode(tile, tile.bundle) : null
    const hashes = tile.bundle ? this.hash(tile, tile.bundle) : tile.served
    if (!hashes.equals(tile.served)) throw await this.leafMismatch(tile, hashes)
    this.tiles++
    if (tile.bundle) this.entries += tile.width
    this.assertNotForked(tile.width, hashes)
    this.tree.append(hashes)
    for (const full of this.tree.takeFullTiles()) if (full.level > 0) await this.compare(full)
    if (entries) await this.options.onEntries?.(first, entries)
  }

  private decode(tile: LeafTile, bundle: Buffer): Buffer[] {
    return this.locate(tile, () => decodeEntryBundle(bundle, tile.width))
  }

  private hash(tile: LeafTile, bundle: Buffer): Buffer {
    return this.locate(tile, () => consumeBundleHashes(bundle, tile.width))
  }

  /** Adds to a malformed bundle's error where in the log it is. */
  private locate<T>(tile: LeafTile, read: () => T): T {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof IntegrityError)) throw error
      const position = tile.index * TILE_WIDTH + Number(error.details.entry)
      throw new IntegrityError(error.code, error.message, {
        position,
        tile: tilePath('entries', tile.index, tile.width),
      })
    }
  }

  /**
   * Where the last checkpoint seen ends within the leaves about to be added, compares its root with the root at that size.
   *
   * @param hashes the leaf hashes about to be added
   */
  private assertNotForked(width: number, hashes: Buffer = Buffer.alloc(0)): void {
    if (!this.lastSeen) return
    const added = this.lastSeen.size - this.tree.size
    if (added < 0 || added > width || (added === 0 && this.tree.size > 0)) return
    const then = this.tree.fork()
    then.append(hashes.subarray(0, added * HASH_SIZE))
    if (!then.root().equals(this.lastSeen.root)) throw forked(this.checkpoint, this.lastSeen)
  }

  private async verifyPartialTiles(): Promise<void> {
    for (let level = 1; level < levelCount(this.tree.size); level++) {
      if (partialWidth(this.tree.size, level) === 0) continue
      const index = Math.floor(this.tree.size / TILE_WIDTH ** (level + 1))
      await this.compare({ level, index, hashes: this.tree.edge(level) })
    }
  }

  /** Compares a tile above the leaves with what its level should hold. */
  private async compare({ level, index, hashes }: FullTile): Promise<void> {
    const width = hashes.length / HASH_SIZE
    const served = await this.source.tile(level, index, width)
    const at = firstDifference(hashes, served)
    if (at !== null) throw tileMismatch(level, index, width, at)
    this.tiles++
  }

  /**
   * Tells whether the entry or its hash in the tile was altered. A full tile's root stands in the tile above: where that is
   * the root of the entries, the tile is wrong. At the log's edge the signed root itself decides.
   */
  private async leafMismatch(tile: LeafTile, hashes: Buffer): Promise<IntegrityError> {
    const at = firstDifference(hashes, tile.served) ?? 0
    if (await this.entriesHold(tile, hashes)) return tileMismatch(0, tile.index, tile.width, at)
    return new IntegrityError('entry-mismatch', 'An entry is not the one that was committed to the log.', {
      position: tile.index * TILE_WIDTH + at,
      tile: tilePath('entries', tile.index, tile.width),
    })
  }

  private async entriesHold({ index, width }: LeafTile, hashes: Buffer): Promise<boolean> {
    if (width < TILE_WIDTH) {
      const tree = this.tree.fork()
      tree.append(hashes)
      return tree.root().equals(this.checkpoint.root)
    }
    const parent = Math.floor(index / TILE_WIDTH)
    const above = await this.source.tile(1, parent, tileWidth(this.checkpoint.size, 1, parent))
    const start = (index % TILE_WIDTH) * HASH_SIZE
    return subtreeRoot(hashes).equals(above.subarray(start, start + HASH_SIZE))
  }
}

/** Index of the first 32-byte hash that differs; null when there is none. */
function firstDifference(computed: Buffer, served: Buffer): number | null {
  if (computed.equals(served)) return null
  let at = 0
  while (computed.subarray(at, at + HASH_SIZE).equals(served.subarray(at, at + HASH_SIZE))) at += HASH_SIZE
  return at / HASH_SIZE
}

function tileMismatch(level: number, index: number, width: number, at: number): IntegrityError {
  return new IntegrityError('tile-mismatch', 'A tile does not hold the hashes of what lies below it.', {
    tile: tilePath(level, index, width),
    level,
    index,
    position: (index * TILE_WIDTH + at) * TILE_WIDTH ** level,
  })
}
