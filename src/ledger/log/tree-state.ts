/**
 * The growing edge of the log's tree: everything an appender must know to add leaves, sign roots and emit tiles.
 *
 * A compact range (one node for each 1 bit of the size) costs one node hash a leaf; since tiles are 8 levels high, the node
 * of height 8(l+1) that a carry produces is the root of the level-l tile just finished, and goes into the tile above as it is.
 */
import { IntegrityError } from '../../platform/errors.js'
import { digestInto, EMPTY_ROOT, HASH_SIZE, nodeHash, subtreeRoot } from './hash.js'
import { levelCount, partialWidth } from './tile-geometry.js'
import { TILE_BYTES, TILE_WIDTH } from './tile-path.js'

const TILE_HEIGHT = 8
const MAX_HEIGHT = 53
const SIZE_BYTES = 8
const RIGHT = 1 + HASH_SIZE

/** 0x01 ‖ left ‖ right of the node being hashed; appending never yields, so one buffer serves all trees. */
const node = Buffer.alloc(1 + 2 * HASH_SIZE)
node[0] = 0x01

/** A tile that will not change any more. */
export interface FullTile {
  level: number
  index: number
  /** 256 hashes, 8,192 bytes. */
  hashes: Buffer
  /** Root of these hashes: what the tile above holds of them. */
  root: Buffer
}

export class TreeState {
  private leaves = 0
  /** Node of height h at byte 32h, meaningful where the size has a 1 bit at h. */
  private readonly nodes = Buffer.allocUnsafe(MAX_HEIGHT * HASH_SIZE)
  /** Level by level, the tile that is being filled. Forks share it, each reading no further than its own width. */
  private readonly filling: Buffer[] = []
  /** Levels whose tile this tree may extend in place; it copies others first. Of the trees that share a tile one may. */
  private readonly extends: boolean[] = []
  private finished: FullTile[] = []

  /**
   * A tree from its partial tiles, which determine every node of its frontier.
   *
   * @param edges one buffer for each level that has hashes, from level 0; empty where the partial width is 0
   * @throws IntegrityError `tree-edge-mismatch`: an edge has not the width that the size asks for
   */
  static fromEdges(size: number, edges: readonly Buffer[]): TreeState {
    const state = new TreeState()
    state.leaves = size
    for (let level = 0; level < levelCount(size); level++) {
      const width = partialWidth(size, level)
      const edge = edges[level] ?? Buffer.alloc(0)
      if (edge.length !== width * HASH_SIZE) throw edgeMismatch(level)
      state.filling[level] = enlarged(edge)
      state.extends[level] = true
      state.restoreNodes(level, width)
    }
    return state
  }

  /**
   * A tree from what `frontier()` wrote and its partial tiles, each checked against the other.
   *
   * @throws IntegrityError `tree-edge-mismatch`: the two do not describe the same tree
   */
  static restore(frontier: Buffer, edges: readonly Buffer[]): TreeState {
    const size = frontier.length >= SIZE_BYTES ? Number(frontier.readBigUInt64BE()) : -1
    if (!Number.isSafeInteger(size) || size < 0) throw edgeMismatch(0)
    const state = TreeState.fromEdges(size, edges)
    if (!state.frontier().equals(frontier)) throw edgeMismatch(0)
    return state
  }

  /** Leaves in the tree. */
  get size(): number {
    return this.leaves
  }

  /** Adds leaves. @param hashes their leaf hashes, concatenated, 32 bytes each */
  append(hashes: Uint8Array): void {
    for (let offset = 0; offset < hashes.length; offset += HASH_SIZE) {
      node.set(hashes.length === HASH_SIZE ? hashes : hashes.subarray(offset, offset + HASH_SIZE), RIGHT)
      this.carry(0, this.leaves)
      this.leaves++
    }
  }

  /**
   * Adds the 256 leaves of a level-0 tile whose root was computed elsewhere, at the cost of no more than the nodes above it.
   *
   * @param hashes 8,192 bytes, taken over; the size must be a multiple of 256
   */
  appendFullTile(hashes: Buffer, root: Uint8Array): void {
    const index = this.leaves / TILE_WIDTH
    if (!Number.isInteger(index) || hashes.length !== TILE_BYTES) throw new RangeError('Not a tile of its own.')
    this.filling[0] = hashes
    node.set(root, RIGHT)
    this.carry(TILE_HEIGHT, index)
    this.leaves += TILE_WIDTH
  }

  /** Tiles finished since the last call, lower levels first where one leaf finished several. Not to be written to. */
  takeFullTiles(): FullTile[] {
    const tiles = this.finished
    this.finished = []
    return tiles
  }

  /** RFC 6962 Merkle tree hash of all leaves. */
  root(): Buffer {
    let root: Buffer | undefined
    for (const height of this.heights()) {
      const subtree = this.nodeAt(height)
      root = root ? nodeHash(subtree, root) : Buffer.from(subtree)
    }
    return root ?? EMPTY_ROOT
  }

  /**
   * An independent tree with the same leaves; tiles not yet taken stay with this one.
   *
   * Costs no copy of a tile: the fork goes on in the buffers, and this tree copies them should it ever grow again.
   */
  fork(): TreeState {
    const copy = new TreeState()
    copy.leaves = this.leaves
    this.nodes.copy(copy.nodes)
    copy.filling.push(...this.filling)
    copy.extends.push(...this.extends)
    this.extends.fill(false)
    return copy
  }

  /** The compact range: size (uint64 BE) ‖ one 32-byte node for each 1 bit of the size, the smallest subtree first. */
  frontier(): Buffer {
    const heights = [...this.heights()]
    const frontier = Buffer.allocUnsafe(SIZE_BYTES + heights.length * HASH_SIZE)
    frontier.writeBigUInt64BE(BigInt(this.leaves))
    for (const [index, height] of heights.entries())
      copyHash(this.nodes, height * HASH_SIZE, frontier, SIZE_BYTES + index * HASH_SIZE)
    return frontier
  }

  /** Hashes of the partial tile at `level`, a copy; empty when the level has none. */
  edge(level: number): Buffer {
    return Buffer.from(this.filling[level]?.subarray(0, partialWidth(this.leaves, level) * HASH_SIZE) ?? [])
  }

  /** `edge` of each level that has hashes. */
  edges(): Buffer[] {
    return Array.from({ length: levelCount(this.leaves) }, (_, level) => this.edge(level))
  }

  /** Adds the hash in the right half of `node`, the root of subtree `index` of 2^height leaves, and all it completes. */
  private carry(height: number, index: number): void {
    if (height % TILE_HEIGHT === 0) this.fill(height / TILE_HEIGHT, index)
    while (index % 2 === 1) {
      copyHash(this.nodes, height * HASH_SIZE, node, 1)
      digestInto(node, node, RIGHT)
      height++
      index = (index - 1) / 2
      if (height % TILE_HEIGHT === 0) this.fill(height / TILE_HEIGHT, index)
    }
    copyHash(node, RIGHT, this.nodes, height * HASH_SIZE)
  }

  /** Puts the right half of `node` into the tiles as hash `index` of `level`: the root of the tile below, which it finishes. */
  private fill(level: number, index: number): void {
    if (level > 0) {
      const root = Buffer.from(node.subarray(RIGHT))
      this.finished.push({ level: level - 1, index, hashes: this.filling[level - 1]!, root })
    }
    const at = index % TILE_WIDTH
    if (at === 0 || !this.extends[level]) {
      this.filling[level] = enlarged(this.filling[level]?.subarray(0, at * HASH_SIZE))
      this.extends[level] = true
    }
    copyHash(node, RIGHT, this.filling[level]!, at * HASH_SIZE)
  }

  private restoreNodes(level: number, width: number): void {
    for (let start = 0, bit = TILE_HEIGHT - 1; bit >= 0; bit--) {
      if (((width >> bit) & 1) === 0) continue
      const end = start + (1 << bit)
      const subtree = this.filling[level]!.subarray(start * HASH_SIZE, end * HASH_SIZE)
      subtreeRoot(subtree).copy(this.nodes, (level * TILE_HEIGHT + bit) * HASH_SIZE)
      start = end
    }
  }

  private nodeAt(height: number): Buffer {
    return this.nodes.subarray(height * HASH_SIZE, (height + 1) * HASH_SIZE)
  }

  /** Heights of the frontier's subtrees, the smallest first. */
  private *heights(): Generator<number> {
    for (let rest = this.leaves, height = 0; rest > 0; rest = Math.floor(rest / 2), height++) {
      if (rest % 2 === 1) yield height
    }
  }
}

/** Byte by byte: for 32 of them `Buffer.copy` takes longer to make its view than to copy. */
function copyHash(from: Buffer, fromOffset: number, to: Buffer, toOffset: number): void {
  for (let byte = 0; byte < HASH_SIZE; byte++) to[toOffset + byte] = from[fromOffset + byte]!
}

/** A new buffer of a whole tile that begins with `hashes`. */
function enlarged(hashes: Uint8Array = new Uint8Array(0)): Buffer {
  const tile = Buffer.allocUnsafe(TILE_BYTES)
  tile.set(hashes)
  return tile
}

function edgeMismatch(level: number): IntegrityError {
  return new IntegrityError('tree-edge-mismatch', "The tree's partial tiles and its frontier contradict each other.", {
    level,
  })
}
