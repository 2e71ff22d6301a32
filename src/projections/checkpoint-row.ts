/** How far a projection has come: one row of read.projection, changed in the transaction that changes its tables. */
import type { ClientBase, Pool } from 'pg'
import type { Projection } from './projection.js'

export interface CheckpointRow {
  version: number
  /** Everything below this position is in the tables. */
  position: number
  status: 'running' | 'halted'
  errorCode: string | null
}

interface Row {
  version: number
  position: string
  status: CheckpointRow['status']
  error_code: string | null
}

const parsed = (row: Row | undefined): CheckpointRow | null =>
  row ? { version: row.version, position: Number(row.position), status: row.status, errorCode: row.error_code } : null

const COLUMNS = 'version, position, status, error_code'

export async function registerCheckpoint(pool: Pool, { name, version }: Projection): Promise<void> {
  await pool.query('insert into read.projection (name, version, position) values ($1, $2, 0) on conflict do nothing', [
    name,
    version,
  ])
}

export async function readCheckpoint(pool: Pool | ClientBase, name: string): Promise<CheckpointRow | null> {
  const { rows } = await pool.query<Row>(`select ${COLUMNS} from read.projection where name = $1`, [name])
  return parsed(rows[0])
}

/** The row, locked for this transaction; null while another process works on it. */
export async function lockCheckpoint(client: ClientBase, name: string, wait = false): Promise<CheckpointRow | null> {
  const { rows } = await client.query<Row>(
    `select ${COLUMNS} from read.projection where name = $1 for update ${wait ? '' : 'skip locked'}`,
    [name],
  )
  return parsed(rows[0])
}

export async function advanceCheckpoint(
  client: ClientBase,
  name: string,
  position: number,
  recordedAt: string,
): Promise<void> {
  await client.query('update read.projection set position = $2, recorded_at = $3, updated_at = now() where name = $1', [
    name,
    position,
    recordedAt,
  ])
}

/**
 * Moves the checkpoint of a read model whose tables stay as they are, if it stands at `from` and nobody holds it. Its commit
 * does not wait for the disk: after a crash the checkpoint stands further back, and the same events are found to change nothing.
 *
 * @returns false where it was not moved
 */
export async function advanceIfAt(
  pool: Pool,
  { name, version, from }: { name: string; version: number; from: number },
  to: { position: number; recordedAt: string },
): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'advance-projection',
    text: `update read.projection p set position = $4, recorded_at = $5, updated_at = now()
             from (select name, set_config('synchronous_commit', 'off', true) as flush
                     from read.projection where name = $1 for update skip locked) free
            where p.name = free.name and free.flush = 'off'
              and p.position = $3 and p.status = 'running' and p.version <= $2`,
    values: [name, version, from, to.position, to.recordedAt],
  })
  return rowCount === 1
}

/**
 * Halts the projection at the event it could not take, if it still stands there: another process may have gone past it.
 *
 * @returns false where it was not halted by this
 */
export async function haltCheckpoint(
  pool: Pool,
  { name, version, at }: { name: string; version: number; at: number },
  errorCode: string,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update read.projection set status = 'halted', error_code = $4, updated_at = now()
      where name = $1 and position = $3 and status = 'running' and version <= $2`,
    [name, version, at, errorCode],
  )
  return rowCount === 1
}

export async function resumeCheckpoint(pool: Pool, name: string): Promise<void> {
  await pool.query(
    `update read.projection set status = 'running', error_code = null, updated_at = now() where name = $1`,
    [name],
  )
}
