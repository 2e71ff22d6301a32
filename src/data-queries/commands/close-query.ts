import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { DataQueryJournal, type DataQueryReceipt } from '../data-query-journal.js'

/** Who asked takes the answer. */
export class CloseQuery extends Command<DataQueryReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly query: string,
  ) {
    super()
  }
}

@CommandHandler(CloseQuery)
export class CloseQueryHandler implements ICommandHandler<CloseQuery> {
  constructor(private readonly dataQueries: DataQueryJournal) {}

  /** @throws Conflict `data-query-out-of-order`; Forbidden `data-query-of-another` */
  execute({ context, query }: CloseQuery): Promise<DataQueryReceipt> {
    return this.dataQueries.continue(context, query, { type: 'close', by: context.actor.id })
  }
}
