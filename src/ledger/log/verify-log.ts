/** Verification of a whole log: checkpoint, every tile, every entry, and consistency with what was seen before. */
import { IntegrityError } from '../../platform/errors.js'
import type { BundleHasher, HashedBundle } from './bundle-hasher.js'
import { openCheckpoint, type ParsedCheckpoint } from './checkpoint.js'
import { decodeEntryBundle } from './entry-bundle.js'
import { HASH_SIZE, subtreeRoot } from './hash.js'
import type { LogSource } from './log-source.js'
import { noteVerifier } from './note-key.js'
import { prefetch } from './prefetch.js'
import { levelCount, partialWidth, tileWidth } from './tile-geometry.js'
import { TILE_WIDTH, tilePath } from './tile-path.js'
import { type FullTile, TreeState } from './tree-state.js'
import { bundleHasherFor } from './worker-hasher.js'

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
  /** A checkpoint that others vouch for, signed: the log must extend it, too. */
  cosigned?: string
  /** False to check the tiles alone, where the entries are not for the caller to read; default true. */
  entries?: boolean
  /** Tiles fetched ahead; default 16. With full-size entries each may hold 16 MB. */
  concurrency?: number
  /** Worker threads that hash; default one a core for a large log, none for a small one. */
  threads?: number
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

/** One level-0 tile as served, and what was computed from the bundle of its entries. */
interface LeafTile {
  index: number
  width: number
  served: Buffer
  /** Null where entries are not asked for. */
  computed: HashedBundle | null
  /** Null where nobody receives them. */
  entries: Buffer[] | null
}

/**
 * Verifies a whole log as a stream: memory does not grow with the log.
 *
 * Leaf hashes are computed from the entries, all other hashes from those, and everything served is compared with what was
 * computed. The error names the first place that is wrong: `details.position` is a leaf index, `details.tile` a path.
 *
 * @throws IntegrityError `checkpoint-malformed`, `checkpoint-signature-invalid`, `checkpoint-origin-mismatch`: the checkpoint,
 *   the last one seen or the cosigned one is not one of this log;
 *   `log-rolled-back`: the log is smaller than it was; `log-forked`: it is not an extension of what it was, or of what was cosigned;
 *   `tile-mismatch`, `tile-missing`, `tile-truncated`; `entry-mismatch`, `entries-missing`, `entry-bundle-malformed`;
 *   `root-mismatch`: all tiles and entries agree, with another root than the signed one
 * @throws Forbidden, Unavailable as `LogSource` does
 */
export async function verifyLog(source: LogSource, options: VerifyLogOptions): Promise<VerifiedLog> {
  const verifier = noteVerifier(options.vkey)
  const open = (signed: string): ParsedCheckpoint => openCheckpoint(signed, [verifier], options.origin)
  const signed = await source.checkpoint()
  const checkpoint = open(signed)
  const known = [options.lastSeen, options.cosigned].flatMap((each) => (each === undefined ? [] : [open(each)]))
  for (const earlier of known) assertMayExtend(checkpoint, earlier)
  const hasher = bundleHasherFor(checkpoint.size, options.threads)
  try {
    const verification = new Verification(source, hasher, checkpoint, known, options)
    return { checkpoint, signed, ...(await verification.run()) }
  } finally {
    await hasher.close()
  }
}

/** What two signed checkpoints show by themselves, before anything is read. */
function assertMayExtend(checkpoint: ParsedCheckpoint, earlier: ParsedCheckpoint): void {
  if (checkpoint.size < earlier.size) {
    throw new IntegrityError('log-rolled-back', 'The log is smaller than when it was last verified or cosigned.', {
      size: checkpoint.size,
      lastSeenSize: earlier.size,
    })
  }
  if (checkpoint.size === earlier.size && !checkpoint.root.equals(earlier.root)) throw forked(checkpoint, earlier)
}

function forked(checkpoint: ParsedCheckpoint, earlier: ParsedCheckpoint): IntegrityError {
  return new IntegrityError('log-forked', 'The log does not extend the one that was last verified or cosigned.', {
    size: checkpoint.size,
    lastSeenSize: earlier.size,
  })
}

class Verification {
  private readonly tree = new TreeState()
  private tiles = 0
  private entries = 0

  constructor(
    private readonly source: LogSource,
    private readonly hasher: BundleHasher,
    private readonly checkpoint: ParsedCheckpoint,
    private readonly known: readonly ParsedCheckpoint[],
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
    if (!bundle) return { index, width, served, computed: null, entries: null }
    try {
      const entries = this.options.onEntries ? decodeEntryBundle(Buffer.from(bundle), width) : null
      return { index, width, served, computed: await this.hasher.hash(bundle, width), entries }
    } catch (error) {
      throw located(error, index, width)
    }
  }

  private async verifyLeafTile(tile: LeafTile): Promise<void> {
    const { computed, served, entries } = tile
    if (computed && !computed.hashes.equals(served)) throw await this.leafMismatch(tile, computed.hashes)
    this.tiles++
    if (computed) this.entries += tile.width
    this.assertNotForked(tile.width, served)
    if (computed?.root) this.tree.appendFullTile(served, computed.root)
    else this.tree.append(served)
    for (const full of this.tree.takeFullTiles()) if (full.level > 0) await this.compare(full)
    if (entries) await this.options.onEntries?.(tile.index * TILE_WIDTH, entries)
  }

  /**
   * Where a checkpoint known before ends within the leaves about to be added, compares its root with the root at that size.
   *
   * @param hashes the leaf hashes about to be added
   */
  private assertNotForked(width: number, hashes: Buffer = Buffer.alloc(0)): void {
    for (const earlier of this.known) {
      const added = earlier.size - this.tree.size
      if (added < 0 || added > width || (added === 0 && this.tree.size > 0)) continue
      const then = this.tree.fork()
      then.append(hashes.subarray(0, added * HASH_SIZE))
      if (!then.root().equals(earlier.root)) throw forked(this.checkpoint, earlier)
    }
  }

  private async verifyPartialTiles(): Promise<void> {
    for (let level = 1; level < levelCount(this.tree.size); level++) {
      if (partialWidth(this.tree.size, level) === 0) continue
      const index = Math.floor(this.tree.size / TILE_WIDTH ** (level + 1))
      await this.compare({ level, index, hashes: this.tree.edge(level) })
    }
  }

  /** Compares a tile above the leaves with what its level should hold. */
  private async compare({ level, index, hashes }: Omit<FullTile, 'root'>): Promise<void> {
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

/** Adds to the error of a malformed bundle where in the log it is. */
function located(error: unknown, index: number, width: number): unknown {
  if (!(error instanceof IntegrityError)) return error
  const position = index * TILE_WIDTH + Number(error.details.entry)
  return new IntegrityError(error.code, error.message, { position, tile: tilePath('entries', index, width) })
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
