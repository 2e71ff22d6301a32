/**
 * Building a projection again beside the live one: fresh tables, the whole log, a comparison, and one atomic exchange. The
 * live tables answer all the while; a rebuild that is interrupted leaves them as they are.
 */
import type { ClientBase, Pool } from 'pg'
import { Conflict, IntegrityError } from '../platform/errors.js'
import type { EventStore } from '../ledger/event-store.js'
import { lockCheckpoint, readCheckpoint } from './checkpoint-row.js'
import { inTransaction } from './in-transaction.js'
import type { ProjectedEvent, Projection } from './projection.js'

export interface RebuildOptions {
  pool: Pool
  store: EventStore
  decode(events: Awaited<ReturnType<EventStore['readAll']>>): Promise<ProjectedEvent[]>
  /** Exchange the tables although they differ: for a new version, or when the live ones are known to be wrong. */
  acceptDifference?: boolean
  batch?: number
  onProgress?(done: number, of: number): void
  /** Ends the rebuild between two batches; the live tables stay. */
  signal?: AbortSignal
}

export interface RebuildResult {
  projection: string
  position: number
  /** Table → whether the rebuilt rows equal the live ones. */
  equal: Record<string, boolean>
}

const DEFAULT_BATCH = 2_000

/**
 * @throws IntegrityError `projection-digest-differs`: the live tables are not what the log says; they stay until the difference is accepted
 * @throws Conflict `rebuild-under-way`
 */
export async function rebuildProjection(projection: Projection, options: RebuildOptions): Promise<RebuildResult> {
  const { pool } = options
  const guard = await pool.connect()
  let unlocked = true
  try {
    const { rows } = await guard.query<{ locked: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 1)) as locked',
      [projection.name],
    )
    if (!rows[0]!.locked)
      throw new Conflict('rebuild-under-way', `The projection ${projection.name} is being rebuilt already.`)
    unlocked = false
    try {
      await makeTables(pool, projection)
      const from = await fill(projection, options)
      return await exchange(projection, from, options)
    } finally {
      await dropTables(pool, projection).catch(() => undefined)
      await guard.query('select pg_advisory_unlock(hashtextextended($1, 1))', [projection.name]).then(
        () => (unlocked = true),
        () => undefined,
      )
    }
  } finally {
    // The lock is the session's: where it could not be given back, it ends with the connection.
    guard.release(!unlocked)
  }
}

async function makeTables(pool: Pool, { tables }: Projection): Promise<void> {
  await dropTables(pool, { tables })
  for (const table of tables) await pool.query(`create table rebuild.${table} (like read.${table} including all)`)
}

async function dropTables(pool: Pool, { tables }: Pick<Projection, 'tables'>): Promise<void> {
  for (const table of tables) await pool.query(`drop table if exists rebuild.${table}`)
}

/** Applies the log up to where the live tables are now; returns the next position. */
async function fill(projection: Projection, options: RebuildOptions): Promise<number> {
  const target = (await readCheckpoint(options.pool, projection.name))?.position ?? 0
  let next = 0
  while (next < target) {
    next = await applyFrom(projection, options, next, target)
    options.onProgress?.(next, target)
  }
  return next
}

async function applyFrom(projection: Projection, options: RebuildOptions, from: number, to: number): Promise<number> {
  const events = await nextEvents(options, from, to)
  await inTransaction(options.pool, 'rebuild', (client) => projection.apply(events, client))
  return from + events.length
}

async function nextEvents(options: RebuildOptions, from: number, to: number): Promise<ProjectedEvent[]> {
  options.signal?.throwIfAborted()
  const limit = Math.min(options.batch ?? DEFAULT_BATCH, to - from)
  const events = await options.decode(await options.store.readAll({ from, limit }))
  if (events.length !== limit)
    throw new IntegrityError('log-has-a-hole', 'The log is shorter than its projections.', { from })
  return events
}

/** Holds the live projection still, catches up with it, compares, and puts the new tables in the place of the old. */
async function exchange(projection: Projection, from: number, options: RebuildOptions): Promise<RebuildResult> {
  return inTransaction(options.pool, 'rebuild', async (client) => {
    const { position } = (await lockCheckpoint(client, projection.name, true))!
    for (let next = from; next < position;) {
      const events = await nextEvents(options, next, position)
      await projection.apply(events, client)
      next += events.length
    }
    // Digests of large tables take longer than any statement of a request may.
    await client.query('set local statement_timeout = 0')
    const equal: Record<string, boolean> = {}
    for (const table of projection.tables)
      equal[table] = (await tableDigest(client, `read.${table}`)) === (await tableDigest(client, `rebuild.${table}`))
    if (!options.acceptDifference && Object.values(equal).includes(false))
      throw new IntegrityError(
        'projection-digest-differs',
        `The tables of ${projection.name} are not what the log says.`,
        { equal },
      )
    for (const table of projection.tables) {
      await client.query(`drop table read.${table}`)
      await client.query(`alter table rebuild.${table} set schema read`)
    }
    await client.query(
      `update read.projection set version = $2, status = 'running', error_code = null, updated_at = now() where name = $1`,
      [projection.name, projection.version],
    )
    return { projection: projection.name, position, equal }
  })
}

/** Equal for equal sets of rows, whatever their order. */
async function tableDigest(client: ClientBase, table: string): Promise<string> {
  const { rows } = await client.query<{ digest: string }>(
    `select count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as digest from ${table} t`,
  )
  return rows[0]!.digest
}
