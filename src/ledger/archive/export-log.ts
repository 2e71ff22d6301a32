/**
 * A complete log in a folder: checkpoint, tiles and entry bundles as they are served (C2SP tlog-tiles), and the payloads beside
 * them. The signed checkpoint commits to all of it: each entry to the digest of its payload, the root to each entry.
 */
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ClientBase, Pool } from 'pg'
import { Conflict } from '../../platform/errors.js'
import { encodeEntryBundle } from '../log/entry-bundle.js'
import { HASH_SIZE, leafHash } from '../log/hash.js'
import { TILE_WIDTH, tilePath } from '../log/tile-path.js'
import { TreeState } from '../log/tree-state.js'
import { verifyTransaction, type VerifiedDatabase } from '../postgres/verify-database.js'
import { encodePayloadBundle, payloadPath } from './payload-bundle.js'

export interface ExportLogOptions {
  /** The log's key, pinned out of band. */
  vkey: string
  onProgress?: (exported: number, of: number) => void
}

/**
 * Verifies and writes what one snapshot of the database holds; a running service is no obstacle. The checkpoint is written last: a
 * folder without one is no export.
 *
 * @throws Conflict `folder-not-empty`; IntegrityError as verifyDatabase does, before anything is written
 */
export async function exportLog(pool: Pool, folder: string, options: ExportLogOptions): Promise<VerifiedDatabase> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await readdir(folder)).length > 0) throw new Conflict('folder-not-empty', 'The folder holds something already.')
  const client = await pool.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query('set local statement_timeout = 0')
    const verified = await verifyTransaction(client, { vkey: options.vkey })
    await writeLog(client, folder, verified.size, options)
    await writeFile(join(folder, 'checkpoint'), verified.checkpoint, { flush: true, mode: 0o600 })
    return verified
  } finally {
    await client.query('rollback').catch(() => undefined)
    client.release()
  }
}

async function writeLog(
  client: ClientBase,
  folder: string,
  size: number,
  { onProgress }: ExportLogOptions,
): Promise<void> {
  const tree = new TreeState()
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    const rows = await readBundle(client, index)
    const leaves = rows.map(({ leaf }) => leaf)
    await write(folder, tilePath('entries', index, rows.length), encodeEntryBundle(leaves))
    await write(folder, payloadPath(index, rows.length), encodePayloadBundle(rows.map(({ stored }) => stored)))
    tree.append(Buffer.concat(leaves.map(leafHash)))
    for (const tile of tree.takeFullTiles()) await write(folder, tilePath(tile.level, tile.index), tile.hashes)
    onProgress?.(tree.size, size)
  }
  for (const [level, edge] of tree.edges().entries()) {
    const width = edge.length / HASH_SIZE
    if (width > 0) await write(folder, tilePath(level, Math.floor(size / TILE_WIDTH ** (level + 1)), width), edge)
  }
}

async function readBundle(client: ClientBase, index: number): Promise<{ leaf: Buffer; stored: Buffer | null }[]> {
  const { rows } = await client.query<{ leaf: Buffer; stored: Buffer | null }>(
    `select e.leaf, p.stored from ledger.event e left join ledger.payload p on p.position = e.position
      where e.position >= $1 and e.position < $2 order by e.position`,
    [index * TILE_WIDTH, (index + 1) * TILE_WIDTH],
  )
  return rows
}

async function write(folder: string, path: string, bytes: Buffer): Promise<void> {
  const file = join(folder, path)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(file, bytes, { mode: 0o600 })
}
