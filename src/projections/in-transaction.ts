import type { ClientBase, Pool } from 'pg'

/** Runs `work` in one transaction whose unqualified table names mean those of `schema`. */
export async function inTransaction<T>(
  pool: Pool,
  schema: 'read' | 'rebuild',
  work: (client: ClientBase) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(`set local search_path to ${schema}`)
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}
