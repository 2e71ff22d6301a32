import { Injectable } from '@nestjs/common'
import type { CommandContext } from '../journal/command-context.js'
import { Journal } from '../journal/journal.js'
import { NotFound } from '../platform/errors.js'
import { dataQueryDecider, type DataQueryCommand } from './data-query.js'
import { dataQueryStream, type DataQueryState } from './data-query-state.js'

/** What a step of a data query led to. */
export interface DataQueryReceipt {
  query: string
  /** Null when there was nothing to record. */
  revision: number | null
  position: number | null
  replayed: boolean
}

/** A data query that was raised. */
export type KnownQuery = DataQueryState & { raised: NonNullable<DataQueryState['raised']> }

@Injectable()
export class DataQueryJournal {
  constructor(private readonly journal: Journal) {}

  /** @throws NotFound `data-query-not-found` */
  async existing(query: string): Promise<KnownQuery> {
    const { state } = await this.journal.load(dataQueryDecider, dataQueryStream(query))
    if (!state.raised) throw new NotFound('data-query-not-found', 'There is no such data query.')
    return state as KnownQuery
  }

  /** Errors are those of the decider and of `Journal.execute`. */
  async record(
    context: CommandContext,
    { query, ...owner }: { query: string; subject: string; trial?: string },
    command: DataQueryCommand,
  ): Promise<DataQueryReceipt> {
    const stream = dataQueryStream(query)
    const { events, replayed } = await this.journal.execute(context, {
      stream,
      decider: dataQueryDecider,
      command,
      ...owner,
    })
    const last = events.at(-1)
    return { query, revision: last?.revision ?? null, position: last?.position ?? null, replayed }
  }

  /** The next step of a query that was raised. @throws NotFound `data-query-not-found` */
  async continue(context: CommandContext, query: string, command: DataQueryCommand): Promise<DataQueryReceipt> {
    const { subject, trial } = (await this.existing(query)).raised
    return this.record(context, { query, subject, ...(trial !== undefined && { trial }) }, command)
  }
}
