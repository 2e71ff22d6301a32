/** Hash tiles of level 0 (C2SP tlog-tiles): 256 leaf hashes each, the last one maybe fewer. */
import { unreachable, problemFrom } from '../api/problem.js'
import { concatenated, type Bytes } from './bytes.js'

const WIDTH = 256
const AT_ONCE = 6

export const tilesOf = (size: number): number => Math.ceil(size / WIDTH)

/** `tile/0/x001/067`, or `tile/0/000.p/12` for the last, partial one. */
function tilePath(index: number, width: number): string {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g)!
  const path = groups.map((group, place) => (place < groups.length - 1 ? `x${group}` : group)).join('/')
  return `/log/tile/0/${path}${width === WIDTH ? '' : `.p/${width}`}`
}

/**
 * All leaf hashes of a tree of this size, a few tiles at a time.
 *
 * @param progress is told how many tiles have come
 * @throws ApiProblem a tile cannot be had; Error a tile is not as long as it should be
 */
export async function fetchLeafHashes(
  size: number,
  progress: (tiles: number) => void,
  signal: AbortSignal,
): Promise<Bytes> {
  const count = tilesOf(size)
  const tiles = new Array<Bytes>(count)
  let next = 0
  let done = 0
  const work = async () => {
    while (next < count) {
      const index = next++
      tiles[index] = await fetchTile(index, Math.min(WIDTH, size - index * WIDTH), signal)
      progress(++done)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return concatenated(tiles)
}

async function fetchTile(index: number, width: number, signal: AbortSignal): Promise<Bytes> {
  const response = await fetch(tilePath(index, width), { signal }).catch((error: unknown) => {
    throw signal.aborted ? error : unreachable()
  })
  if (!response.ok) throw await problemFrom(response)
  const tile = new Uint8Array(await response.arrayBuffer())
  if (tile.length !== width * 32) throw new Error(`Tile ${index} holds ${tile.length} bytes instead of ${width * 32}.`)
  return tile
}
