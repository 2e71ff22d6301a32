import type { ClientBase, Pool, PoolClient } from 'pg'
import { Unavailable } from '../platform/errors.js'

export interface TransactionOptions {
  /** Unqualified table names mean those of this schema. */
  schema: 'read' | 'rebuild'
  /** False: the commit does not wait for the disk. For what is derived, and found undone as a whole after a crash. */
  flush?: boolean
}

/** One transaction on a connection of the pool; after `commit` or `rollBack` the connection is given back. */
export class Transaction {
  private constructor(readonly client: PoolClient) {}

  static async begin(pool: Pool, { schema, flush = true }: TransactionOptions): Promise<Transaction> {
    const transaction = new Transaction(await pool.connect())
    try {
      // One round trip for all of it.
      await transaction.client.query(
        `begin; set local search_path to ${schema}${flush ? '' : '; set local synchronous_commit to off'}`,
      )
      return transaction
    } catch (error) {
      throw await transaction.rollBack(error)
    }
  }

  async commit(): Promise<void> {
    await this.client.query('commit')
    this.client.release()
  }

  /** @returns what to throw: `cause`, or Unavailable `database-lost` when the connection did not survive, whatever that caused */
  async rollBack(cause: unknown): Promise<unknown> {
    let lost: Error | undefined
    // A connection that cannot roll back is gone: the error then says nothing about the work.
    await this.client.query('rollback').catch((failure: Error) => (lost = failure))
    this.client.release(lost)
    return lost ? new Unavailable('database-lost', 'The database went away.', {}, { cause }) : cause
  }
}

/**
 * Runs `work` in one transaction.
 *
 * @throws Unavailable `database-lost` when the connection did not survive, whatever `work` made of it; else what `work` throws
 */
export async function inTransaction<T>(
  pool: Pool,
  schema: TransactionOptions['schema'],
  work: (client: ClientBase) => Promise<T>,
): Promise<T> {
  const transaction = await Transaction.begin(pool, { schema })
  try {
    const result = await work(transaction.client)
    await transaction.commit()
    return result
  } catch (error) {
    throw await transaction.rollBack(error)
  }
}
