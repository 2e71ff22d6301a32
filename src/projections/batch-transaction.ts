/** The transaction in which a read model takes a batch and moves its checkpoint, begun by the first statement. */
import type { Pool } from 'pg'
import type { ProjectedEvent, Projection, ProjectionSql } from './projection.js'
import { advanceCheckpoint, advanceIfAt, lockCheckpoint } from './checkpoint-row.js'
import { Transaction } from './in-transaction.js'

/** The checkpoint is another process's, or elsewhere, or of newer code: the batch is not to be applied. */
export class Overtaken extends Error {}

/** Neither the projection nor its events are at fault: the database gave no transaction. */
export class NotBegun extends Error {}

/**
 * Most batches concern few read models. One that has nothing to write moves its checkpoint by one statement; one that writes
 * takes its checkpoint's lock before its first statement, and commits both together.
 */
export class BatchTransaction implements ProjectionSql {
  private begun: Promise<Transaction> | null = null

  constructor(
    private readonly pool: Pool,
    private readonly projection: Pick<Projection, 'name' | 'version'>,
    private readonly events: readonly ProjectedEvent[],
  ) {}

  /** @throws Overtaken; NotBegun; errors of the statement */
  async query<Row extends object>(text: string, values?: unknown[]): Promise<{ rows: Row[] }> {
    const { client } = await (this.begun ??= this.begin())
    return client.query<Row>(text, values)
  }

  /** @returns the position behind the batch. @throws Overtaken */
  async commit(): Promise<number> {
    const { name, version } = this.projection
    const from = this.events[0]!.position
    const last = this.events.at(-1)!
    const to = { position: last.position + 1, recordedAt: last.header.recordedAt }
    if (this.begun === null) {
      if (!(await advanceIfAt(this.pool, { name, version, from }, to))) throw new Overtaken()
      return to.position
    }
    const transaction = await this.begun
    await advanceCheckpoint(transaction.client, name, to.position, to.recordedAt)
    await transaction.commit()
    return to.position
  }

  /** @returns what to throw instead of `cause` */
  async rollBack(cause: unknown): Promise<unknown> {
    const transaction = await this.begun?.catch(() => null)
    return transaction ? transaction.rollBack(cause) : cause
  }

  private async begin(): Promise<Transaction> {
    const { name, version } = this.projection
    const transaction = await notBegun(Transaction.begin(this.pool, { schema: 'read', flush: false }))
    try {
      const row = await notBegun(lockCheckpoint(transaction.client, name))
      // The tables may have been rebuilt by newer code in another process: this one would write the old meaning into them.
      const isNext = row?.status === 'running' && row.position === this.events[0]!.position && row.version <= version
      if (!isNext) throw new Overtaken()
      return transaction
    } catch (error) {
      throw await transaction.rollBack(error)
    }
  }
}

function notBegun<T>(step: Promise<T>): Promise<T> {
  return step.catch((cause: unknown) => {
    throw new NotBegun('The database gave no transaction.', { cause })
  })
}
