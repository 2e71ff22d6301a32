/** Which tiles a tree of a given size has (C2SP tlog-tiles, "Partial Tiles"). Sizes and indexes are safe integers. */
import { MAX_TILE_LEVEL, TILE_WIDTH } from './tile-path.js'

/** Hashes that level `level` holds in a tree of `size` leaves: ⌊size / 256^level⌋. */
export function hashesAtLevel(size: number, level: number): number {
  return Math.floor(size / TILE_WIDTH ** level)
}

/** Width of the partial tile at the right edge of `level`: ⌊size / 256^level⌋ mod 256; 0 when there is none. */
export function partialWidth(size: number, level: number): number {
  return hashesAtLevel(size, level) % TILE_WIDTH
}

/** Width of tile `index` at `level` in a tree of `size` leaves: 256, the partial width, or 0 when there is no such tile. */
export function tileWidth(size: number, level: number, index: number): number {
  return Math.min(TILE_WIDTH, Math.max(0, hashesAtLevel(size, level) - index * TILE_WIDTH))
}

/** Number of levels that hold at least one hash. */
export function levelCount(size: number): number {
  let levels = 0
  while (levels <= MAX_TILE_LEVEL && hashesAtLevel(size, levels) > 0) levels++
  return levels
}
