/** Brings the tree's edge from the database into memory, checked against the head's frontier. */
import type { ClientBase, Pool } from 'pg'
import { IntegrityError } from '../../platform/errors.js'
import { leafHash } from '../log/hash.js'
import { levelCount, partialWidth } from '../log/tile-geometry.js'
import { TreeState } from '../log/tree-state.js'

export interface HeadState {
  tree: TreeState
  checkpoint: string
  recordedMs: number
}

interface HeadRow {
  size: string
  frontier: Buffer
  checkpoint: string
  recorded_ms: string
}

/** Re-reading a short tail costs less than reading the tiles; a longer one is taken from them. */
const LONGEST_TAIL = 4096

/**
 * The current head, or null when the log was never opened.
 *
 * @param known a state that the database had before; only what was appended since is read
 * @throws IntegrityError `log-head-inconsistent` when events, tiles and head do not describe one tree; `log-rolled-back`
 */
export async function loadHead(client: ClientBase | Pool, known?: TreeState): Promise<HeadState | null> {
  const { rows } = await client.query<HeadRow>('select size, frontier, checkpoint, recorded_ms from ledger.head')
  const row = rows[0]
  if (!row) return null
  const size = Number(row.size)
  if (known && size < known.size)
    throw new IntegrityError('log-rolled-back', 'The database has fewer events than it had before.', {
      size,
      seen: known.size,
    })
  const tree =
    known && size - known.size <= LONGEST_TAIL
      ? await extendTree(client, known, size)
      : await restoreTree(client, size, row.frontier)
  if (!tree.frontier().equals(row.frontier)) throw inconsistent(size)
  return { tree, checkpoint: row.checkpoint, recordedMs: Number(row.recorded_ms) }
}

async function extendTree(client: ClientBase | Pool, known: TreeState, size: number): Promise<TreeState> {
  const tree = known.fork()
  tree.append(await leafHashes(client, known.size, size))
  tree.takeFullTiles()
  return tree
}

async function restoreTree(client: ClientBase | Pool, size: number, frontier: Buffer): Promise<TreeState> {
  const edges: Buffer[] = []
  for (let level = 0; level < levelCount(size); level++) {
    const width = partialWidth(size, level)
    edges.push(level === 0 ? await leafHashes(client, size - width, size) : await tileRoots(client, size, level, width))
  }
  try {
    return TreeState.restore(frontier, edges)
  } catch {
    throw inconsistent(size)
  }
}

/** Leaf hashes of the positions [from, to), concatenated. */
export async function leafHashes(client: ClientBase | Pool, from: number, to: number): Promise<Buffer> {
  if (from === to) return Buffer.alloc(0)
  const { rows } = await client.query<{ leaf: Buffer }>(
    'select leaf from ledger.event where position >= $1 and position < $2 order by position',
    [from, to],
  )
  if (rows.length !== to - from) throw inconsistent(to)
  return Buffer.concat(rows.map((row) => leafHash(row.leaf)))
}

/** The leaf at a position that the log has. */
export async function leafAt(client: ClientBase | Pool, position: number): Promise<Buffer> {
  const { rows } = await client.query<{ leaf: Buffer }>('select leaf from ledger.event where position = $1', [position])
  if (!rows[0]) throw inconsistent(position + 1)
  return rows[0].leaf
}

/** The `width` hashes at the right edge of `level`: the roots of full tiles one level below. */
async function tileRoots(client: ClientBase | Pool, size: number, level: number, width: number): Promise<Buffer> {
  const last = Math.floor(size / 256 ** level)
  return rootsOfTiles(client, level - 1, last - width, width)
}

/** Roots of `count` full tiles at `level` from tile `first` on, concatenated. */
export async function rootsOfTiles(
  client: ClientBase | Pool,
  level: number,
  first: number,
  count: number,
): Promise<Buffer> {
  const { rows } = await client.query<{ root: Buffer }>(
    'select root from ledger.tile where level = $1 and index >= $2 and index < $3 order by index',
    [level, first, first + count],
  )
  if (rows.length !== count) throw inconsistent(first + count)
  return Buffer.concat(rows.map((row) => row.root))
}

function inconsistent(size: number): IntegrityError {
  return new IntegrityError('log-head-inconsistent', 'Events, tiles and head of the log do not describe one tree.', {
    size,
  })
}
