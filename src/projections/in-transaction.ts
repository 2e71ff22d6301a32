import type { ClientBase, Pool } from 'pg'
import { Unavailable } from '../platform/errors.js'

/**
 * Runs `work` in one transaction whose unqualified table names mean those of `schema`.
 *
 * With `flush: false` the commit does not wait for the disk: for what is derived, and found undone as a whole after a crash.
 *
 * @throws Unavailable `database-lost` when the connection did not survive, whatever `work` made of it; else what `work` throws
 */
export async function inTransaction<T>(
  pool: Pool,
  schema: 'read' | 'rebuild',
  work: (client: ClientBase) => Promise<T>,
  { flush = true }: { flush?: boolean } = {},
): Promise<T> {
  const client = await pool.connect()
  let lost: Error | undefined
  try {
    // One round trip for all of it.
    await client.query(
      `begin; set local search_path to ${schema}${flush ? '' : '; set local synchronous_commit to off'}`,
    )
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    // A connection that cannot roll back is gone: the error then says nothing about the work.
    await client.query('rollback').catch((failure: Error) => (lost = failure))
    throw lost ? new Unavailable('database-lost', 'The database went away.', {}, { cause: error }) : error
  } finally {
    client.release(lost)
  }
}
