/** The log as its readers see it, from the database: tiles of any width it ever had, entry bundles, the checkpoint. */
import type { Pool } from 'pg'
import { IntegrityError, NotFound } from '../../platform/errors.js'
import { encodeEntryBundle } from '../log/entry-bundle.js'
import type { LogSource } from '../log/log-source.js'
import { tileWidth } from '../log/tile-geometry.js'
import { TILE_WIDTH, tilePath } from '../log/tile-path.js'
import { leafHashes, rootsOfTiles } from './tree-loader.js'

/**
 * A source over one database.
 *
 * Its `tile` and `entries` throw NotFound `tile-not-found` for what the log does not have at that width yet.
 */
export function postgresLogSource(pool: Pool): LogSource {
  return {
    checkpoint: async () => (await readHead(pool)).checkpoint,

    async tile(level, index, width) {
      if (width === TILE_WIDTH) return fullTile(pool, level, index)
      await assertHeld(pool, level, index, width)
      const first = index * TILE_WIDTH
      return level === 0 ? leafHashes(pool, first, first + width) : rootsOfTiles(pool, level - 1, first, width)
    },

    async entries(index, width) {
      await assertHeld(pool, 0, index, width, 'entries')
      const first = index * TILE_WIDTH
      const { rows } = await pool.query<{ leaf: Buffer }>(
        'select leaf from ledger.event where position >= $1 and position < $2 order by position',
        [first, first + width],
      )
      if (rows.length !== width)
        throw new IntegrityError('entries-missing', 'Events are missing from the database.', { index })
      return encodeEntryBundle(rows.map((row) => row.leaf))
    },
  }
}

/** What is there needs no look at the head; what is missing was either never finished or taken away. */
async function fullTile(pool: Pool, level: number, index: number): Promise<Buffer> {
  const { rows } = await pool.query<{ hashes: Buffer }>(
    'select hashes from ledger.tile where level = $1 and index = $2',
    [level, index],
  )
  if (rows[0]) return rows[0].hashes
  await assertHeld(pool, level, index, TILE_WIDTH)
  throw new IntegrityError('tile-missing', 'A finished tile is missing from the database.', { level, index })
}

async function readHead(pool: Pool): Promise<{ size: number; checkpoint: string }> {
  const { rows } = await pool.query<{ size: string; checkpoint: string }>('select size, checkpoint from ledger.head')
  return { size: Number(rows[0]!.size), checkpoint: rows[0]!.checkpoint }
}

/** A partial tile is served in every width the log has passed through, so that readers of an older checkpoint find theirs. */
async function assertHeld(pool: Pool, level: number, index: number, width: number, kind?: 'entries'): Promise<void> {
  const { size } = await readHead(pool)
  if (width < 1 || width > tileWidth(size, level, index))
    throw new NotFound('tile-not-found', 'The log has no such tile.', { tile: tilePath(kind ?? level, index, width) })
}
