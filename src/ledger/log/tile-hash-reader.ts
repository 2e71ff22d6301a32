/** Node hashes out of tiles: what proof generation reads from a database, a folder or another's log. */
import { HASH_SIZE, subtreeRoot } from './hash.js'
import type { HashReader } from './prove.js'
import { tileWidth } from './tile-geometry.js'
import { TILE_WIDTH } from './tile-path.js'

const TILE_HEIGHT = 8

/** Hashes of a tile, `width` · 32 bytes. */
export type TileReader = (level: number, index: number, width: number) => Promise<Buffer>

/**
 * A hash reader over the tiles of the tree of `size` leaves. Each tile is read once, in the width it has in that tree; a
 * proof needs O(log size) of them.
 */
export function tileHashReader(size: number, readTile: TileReader): HashReader {
  const tiles = new Map<string, Promise<Buffer>>()
  const tile = (level: number, index: number): Promise<Buffer> => {
    const key = `${level}/${index}`
    const known = tiles.get(key) ?? readTile(level, index, tileWidth(size, level, index))
    tiles.set(key, known)
    return known
  }
  return async (height, index) => {
    const level = Math.floor(height / TILE_HEIGHT)
    const hashes = 2 ** (height % TILE_HEIGHT)
    const first = index * hashes
    const start = (first % TILE_WIDTH) * HASH_SIZE
    const bytes = await tile(level, Math.floor(first / TILE_WIDTH))
    return subtreeRoot(bytes.subarray(start, start + hashes * HASH_SIZE))
  }
}
