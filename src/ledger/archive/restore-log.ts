/** An exported log back into an empty database, in one transaction: it is there whole and verified, or not at all. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ClientBase, Pool } from 'pg'
import { Conflict, IntegrityError } from '../../platform/errors.js'
import { parseLeaf } from '../event-header.js'
import { openCheckpoint } from '../log/checkpoint.js'
import { folderLogSource } from '../log/folder-log-source.js'
import { leafHash, subtreeRoot } from '../log/hash.js'
import { noteVerifier } from '../log/note-key.js'
import { TILE_WIDTH } from '../log/tile-path.js'
import { TreeState } from '../log/tree-state.js'
import { verifyLog } from '../log/verify-log.js'
import { byteaArray, int4Array, int8Array, textArray, uuidArray } from '../postgres/binary-array.js'
import { verifyTransaction, type VerifiedDatabase } from '../postgres/verify-database.js'
import { decodePayloadBundle, payloadPath } from './payload-bundle.js'

export interface RestoreLogOptions {
  /** The log's key, pinned out of band. */
  vkey: string
  /** The last checkpoint of this log that was verified: the export must extend it. */
  lastSeen?: string
  onProgress?: (restored: number, of: number) => void
}

/**
 * Writes each bundle as its entries are verified against checkpoint and tiles, then verifies all rows and payloads as they lie in
 * the database, then commits.
 *
 * @param pool of the owner of the tables, in a migrated database that never held an event
 * @throws Conflict `log-not-empty`; IntegrityError as verifyLog and verifyDatabase do, `payload-bundle-missing`,
 *   `payload-bundle-malformed`
 */
export async function restoreLog(pool: Pool, folder: string, options: RestoreLogOptions): Promise<VerifiedDatabase> {
  const { vkey, lastSeen, onProgress } = options
  const source = folderLogSource(folder)
  const { size } = openCheckpoint(await source.checkpoint(), [noteVerifier(vkey)])
  const client = await pool.connect()
  try {
    await client.query('select ledger.extend($1)', [Math.max(0, size - 1)])
    await client.query('begin')
    await client.query('set local statement_timeout = 0')
    await assertEmpty(client)
    const restoring = new Restoring(client, folder)
    const { signed } = await verifyLog(source, {
      vkey,
      lastSeen,
      onEntries: (first, entries) => restoring.write(first, entries),
      onProgress: ({ verified }) => onProgress?.(verified, size),
    })
    await restoring.writeHead(signed)
    const verified = await verifyTransaction(client, { vkey, lastSeen })
    await noteRestoration(client, verified)
    await client.query('commit')
    return verified
  } finally {
    await client.query('rollback').catch(() => undefined)
    client.release()
  }
}

/** The restore has no key to sign an event with; the service finds this and records it. */
async function noteRestoration(client: ClientBase, verified: VerifiedDatabase): Promise<void> {
  const { size, payloads, deleted, checkpoint } = verified
  await client.query('insert into ledger.restoration (size, root, payloads, deleted) values ($1, $2, $3, $4)', [
    size,
    checkpoint.split('\n')[2],
    payloads,
    deleted,
  ])
}

/** Nobody may open the log meanwhile: a service that starts waits for the lock. */
async function assertEmpty(client: ClientBase): Promise<void> {
  await client.query('lock table ledger.head in access exclusive mode')
  const { rows } = await client.query<{ holds: boolean }>(
    `select exists (select from ledger.head where size > 0) or exists (select from ledger.event)
         or exists (select from ledger.payload) or exists (select from ledger.tile) as holds`,
  )
  if (rows[0]!.holds)
    throw new Conflict('log-not-empty', 'The database holds events; a log is restored into an empty one.')
}

class Restoring {
  private readonly tree = new TreeState()
  private recordedMs = 0

  constructor(
    private readonly client: ClientBase,
    private readonly folder: string,
  ) {}

  async write(first: number, leaves: readonly Buffer[]): Promise<void> {
    const headers = leaves.map(parseLeaf)
    await this.client.query(
      `insert into ledger.event (position, id, stream, revision, leaf)
       select $1::bigint + ordinality - 1, id, stream, revision, leaf
         from unnest($2::uuid[], $3::text[], $4::integer[], $5::bytea[]) with ordinality as e(id, stream, revision, leaf)`,
      [
        first,
        uuidArray(headers.map(({ id }) => id)),
        textArray(headers.map(({ stream }) => stream)),
        int4Array(headers.map(({ revision }) => revision)),
        byteaArray(leaves),
      ],
    )
    await this.writePayloads(first, leaves.length)
    this.recordedMs = Date.parse(headers.at(-1)!.recordedAt)
    this.tree.append(Buffer.concat(leaves.map(leafHash)))
    await this.writeTiles()
  }

  async writeHead(signed: string): Promise<void> {
    await this.client.query(
      `insert into ledger.head (size, frontier, checkpoint, recorded_ms) values ($1, $2, $3, $4)
       on conflict (only_row) do update
          set size = excluded.size, frontier = excluded.frontier, checkpoint = excluded.checkpoint, recorded_ms = excluded.recorded_ms`,
      [this.tree.size, this.tree.frontier(), signed, this.recordedMs],
    )
  }

  private async writePayloads(first: number, width: number): Promise<void> {
    const payloads = decodePayloadBundle(await this.readPayloads(first / TILE_WIDTH, width), width)
    const present = payloads.flatMap((stored, at) => (stored === null ? [] : [{ position: first + at, stored }]))
    await this.client.query(
      'insert into ledger.payload (position, stored) select unnest($1::bigint[]), unnest($2::bytea[])',
      [int8Array(present.map(({ position }) => position)), byteaArray(present.map(({ stored }) => stored))],
    )
  }

  private async readPayloads(index: number, width: number): Promise<Buffer> {
    const path = payloadPath(index, width)
    return readFile(join(this.folder, path)).catch((error: NodeJS.ErrnoException) => {
      throw new IntegrityError('payload-bundle-missing', 'A payload bundle is missing.', { path, reason: error.code })
    })
  }

  private async writeTiles(): Promise<void> {
    for (const { level, index, hashes } of this.tree.takeFullTiles())
      await this.client.query('insert into ledger.tile (level, index, hashes, root) values ($1, $2, $3, $4)', [
        level,
        index,
        hashes,
        subtreeRoot(hashes),
      ])
  }
}
