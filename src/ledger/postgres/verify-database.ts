/**
 * Checks what lies in the database against itself and against the signed checkpoint: every column, leaf, payload, tile and
 * the head. Complements `verifyLog`, which sees what the service serves; this sees what is stored, payloads included.
 */
import type { ClientBase, Pool } from 'pg'
import { ConfigurationError, IntegrityError } from '../../platform/errors.js'
import { parseCanonicalLeaf } from '../event-header.js'
import type { EventHeader } from '../event.js'
import { keyDestruction } from '../key-destruction.js'
import { openCheckpoint } from '../log/checkpoint.js'
import { HASH_SIZE, leafHash } from '../log/hash.js'
import { noteVerifier } from '../log/note-key.js'
import { TreeState, type FullTile } from '../log/tree-state.js'
import { payloadDigest } from '../payload.js'
import { homeOf } from './log-home.js'

export interface VerifyDatabaseOptions {
  /** The log's key, pinned out of band. */
  vkey: string
  /** The last checkpoint that was verified: the database must extend it. */
  lastSeen?: string
  /** Where payloads are kept, when not here: entries from a position on, each payload checked against its header. */
  payloadsOf?(from: number, limit: number): Promise<readonly { leaf: Buffer; payload: Buffer }[]>
  onProgress?(verified: number, of: number): void
}

export interface VerifiedDatabase {
  size: number
  /** Payloads whose stored bytes were re-hashed. */
  payloads: number
  /** Payloads deleted after an event in the log destroyed their keys; their digests stay proven. */
  deleted: number
  checkpoint: string
}

interface Row {
  position: string
  id: string
  stream: string
  revision: number
  leaf: Buffer
  stored: Buffer | null
}

const BATCH = 2_000

/**
 * Reads the whole log once, in position order, on one snapshot.
 *
 * @throws ConfigurationError the payloads are in a cluster that `payloadsOf` does not name
 * @throws IntegrityError naming the first bad position or tile: `log-has-a-hole`, `log-row-altered`, `leaf-not-canonical`,
 *   `payload-altered`, `payload-missing` (and no destruction of its key is on record), `tile-mismatch`, `tile-root-mismatch`, `tile-missing`, `tile-unexpected`, `root-mismatch`, `log-rolled-back`, `log-forked`,
 *   `checkpoint-signature-invalid` …; `log-forked` where the store of the payloads holds another entry
 */
export async function verifyDatabase(pool: Pool, options: VerifyDatabaseOptions): Promise<VerifiedDatabase> {
  const client = await pool.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query('set local statement_timeout = 0')
    const result = await verifyTransaction(client, options)
    await client.query('commit')
    return result
  } finally {
    await client.query('rollback').catch(() => undefined)
    client.release()
  }
}

/** The same of what a transaction sees: its snapshot, and what it wrote itself. Errors are those of verifyDatabase. */
export async function verifyTransaction(client: ClientBase, options: VerifyDatabaseOptions): Promise<VerifiedDatabase> {
  const { rows } = await client.query<{ size: string; checkpoint: string }>('select size, checkpoint from ledger.head')
  const head = rows[0]
  if (!head) throw new IntegrityError('log-head-missing', 'The database holds no head of a log.')
  const home = await homeOf(client)
  if (home === 'kurrentdb' && !options.payloadsOf)
    throw new ConfigurationError('The payloads of this log are in KurrentDB: EVENTSTORE_URL or --cluster must name it.')
  const { payloadsOf, ...here } = options
  return new DatabaseVerification(client, home === 'kurrentdb' ? { ...here, payloadsOf } : here).run(
    Number(head.size),
    head.checkpoint,
  )
}

class DatabaseVerification {
  private readonly tree = new TreeState()
  private readonly revisions = new Map<string, number>()
  private payloads = 0
  private deleted = 0
  /** Key id → first position whose payload is missing; and the keys that events of this log say were destroyed. */
  private readonly missing = new Map<string, number>()
  private readonly destroyed = new Set<string>()
  private readonly lastSeen
  private readonly verifier

  constructor(
    private readonly client: ClientBase,
    private readonly options: VerifyDatabaseOptions,
  ) {
    this.verifier = noteVerifier(options.vkey)
    this.lastSeen = options.lastSeen === undefined ? null : openCheckpoint(options.lastSeen, [this.verifier])
  }

  async run(headSize: number, signed: string): Promise<VerifiedDatabase> {
    const checkpoint = openCheckpoint(signed, [this.verifier])
    if (this.lastSeen && checkpoint.size < this.lastSeen.size) throw rolledBack(checkpoint.size, this.lastSeen.size)
    let reading = this.readRows(0)
    for (let from = BATCH; ; from += BATCH) {
      const rows = await reading
      // The server reads on while these are hashed.
      reading = rows.length < BATCH ? Promise.resolve([]) : this.readRows(from)
      try {
        for (const row of rows) await this.checkRow(row)
      } catch (error) {
        await reading.catch(() => undefined)
        throw error
      }
      this.options.onProgress?.(this.tree.size, checkpoint.size)
      if (rows.length < BATCH) break
    }
    if (this.tree.size !== checkpoint.size || headSize !== checkpoint.size)
      throw new IntegrityError(
        'root-mismatch',
        'The database holds another number of events than its checkpoint states.',
        {
          events: this.tree.size,
          checkpoint: checkpoint.size,
          head: headSize,
        },
      )
    if (!this.tree.root().equals(checkpoint.root))
      throw new IntegrityError('root-mismatch', 'The events do not make the tree that the checkpoint states.', {
        size: checkpoint.size,
      })
    await this.checkNoOtherTiles(checkpoint.size)
    for (const [kid, position] of this.missing) if (!this.destroyed.has(kid)) throw missing(position)
    return { size: checkpoint.size, payloads: this.payloads, deleted: this.deleted, checkpoint: signed }
  }

  /** The bound is said of both tables: PostgreSQL does not carry it over, and would join the payloads from the first one on. */
  private async readRows(from: number): Promise<Row[]> {
    const { rows } = await this.client.query<Row>(
      `select e.position, e.id, e.stream, e.revision, e.leaf, p.stored
       from ledger.event e left join ledger.payload p on p.position = e.position and p.position >= $1
       where e.position >= $1 order by e.position limit $2`,
      [from, BATCH],
    )
    return this.options.payloadsOf
      ? this.withPayloads(rows, from, await this.options.payloadsOf(from, rows.length))
      : rows
  }

  private withPayloads(rows: Row[], from: number, entries: readonly { leaf: Buffer; payload: Buffer }[]): Row[] {
    return rows.map((row, at) => {
      const entry = entries[at]
      if (!entry) throw missing(from + at)
      if (!entry.leaf.equals(row.leaf))
        throw altered('log-forked', 'The event cluster holds another entry than the index', from + at)
      return { ...row, stored: entry.payload }
    })
  }

  private async checkRow(row: Row): Promise<void> {
    const position = this.tree.size
    if (Number(row.position) !== position)
      throw new IntegrityError('log-has-a-hole', `Position ${position} is missing.`, { position })
    const header = parseCanonicalLeaf(row.leaf)
    if (!header) throw altered('leaf-not-canonical', 'The leaf is not the canonical form of a header', position)
    const expected = (this.revisions.get(header.stream) ?? -1) + 1
    const agrees =
      header.id === row.id &&
      header.stream === row.stream &&
      header.revision === row.revision &&
      header.revision === expected
    if (!agrees) throw altered('log-row-altered', 'Columns, leaf and stream do not agree', position)
    this.revisions.set(header.stream, header.revision)
    this.checkPayload(header, row.stored, position)
    this.tree.append(leafHash(row.leaf))
    if (this.lastSeen?.size === this.tree.size && !this.tree.root().equals(this.lastSeen.root))
      throw new IntegrityError('log-forked', 'The log is not the one whose checkpoint was verified before.', {
        size: this.tree.size,
      })
    for (const tile of this.tree.takeFullTiles()) await this.checkTile(tile)
  }

  private checkPayload(header: EventHeader, stored: Buffer | null, position: number): void {
    if (stored === null) {
      const { kid } = header.payload
      if (kid === undefined) throw missing(position)
      if (!this.missing.has(kid)) this.missing.set(kid, position)
      this.deleted++
      return
    }
    this.payloads++
    if (stored.length !== header.payload.size || payloadDigest(stored) !== header.payload.digest)
      throw altered('payload-altered', 'The payload is not the one the log commits to', position)
    for (const kid of keyDestruction({ header, payload: stored })?.kids ?? []) this.destroyed.add(kid)
  }

  private async checkTile({ level, index, hashes, root }: FullTile): Promise<void> {
    const { rows } = await this.client.query<{ hashes: Buffer; root: Buffer }>(
      'select hashes, root from ledger.tile where level = $1 and index = $2',
      [level, index],
    )
    if (!rows[0])
      throw new IntegrityError('tile-missing', `Tile ${index} of level ${level} is missing.`, { level, index })
    const at = firstDifference(rows[0].hashes, hashes)
    if (at === null && rows[0].root.equals(root)) return
    if (at === null)
      throw new IntegrityError(
        'tile-root-mismatch',
        `The root of tile ${index} of level ${level} is not that of its hashes.`,
        {
          level,
          index,
        },
      )
    const position = level === 0 ? { position: index * 256 + at } : {}
    throw new IntegrityError('tile-mismatch', `Tile ${index} of level ${level} is not what the events make.`, {
      level,
      index,
      ...position,
    })
  }

  private async checkNoOtherTiles(size: number): Promise<void> {
    const { rows } = await this.client.query<{ level: number; index: string }>(
      'select level, index from ledger.tile where (index + 1) * (256::numeric ^ (level + 1)) > $1 limit 1',
      [size],
    )
    if (rows[0])
      throw new IntegrityError('tile-unexpected', 'The database holds a tile beyond the end of the log.', {
        level: rows[0].level,
        index: Number(rows[0].index),
      })
  }
}

function altered(code: string, what: string, position: number): IntegrityError {
  return new IntegrityError(code, `${what} at position ${position}.`, { position })
}

function missing(position: number): IntegrityError {
  const what = 'The payload is missing, and no event destroyed its key,'
  return altered('payload-missing', what, position)
}

function rolledBack(size: number, seen: number): IntegrityError {
  return new IntegrityError(
    'log-rolled-back',
    `The log ends at ${size}, but its checkpoint over ${seen} events was verified before.`,
    { size, seen },
  )
}

/** Index of the first of the 32-byte hashes that differs, or null. */
function firstDifference(one: Buffer, other: Buffer): number | null {
  for (let at = 0; at < other.length / HASH_SIZE; at++) {
    const [start, end] = [at * HASH_SIZE, (at + 1) * HASH_SIZE]
    if (!one.subarray(start, end).equals(other.subarray(start, end))) return at
  }
  return one.length === other.length ? null : other.length / HASH_SIZE
}
