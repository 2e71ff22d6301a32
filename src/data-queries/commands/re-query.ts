import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { DataQueryJournal, type DataQueryReceipt } from '../data-query-journal.js'

/** The answer does not settle the matter: who asked asks again. */
export class ReQuery extends Command<DataQueryReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly again: { query: string; question: string },
  ) {
    super()
  }
}

@CommandHandler(ReQuery)
export class ReQueryHandler implements ICommandHandler<ReQuery> {
  constructor(private readonly dataQueries: DataQueryJournal) {}

  /** @throws Conflict `data-query-out-of-order`; Forbidden `data-query-of-another` */
  execute({ context, again: { query, question } }: ReQuery): Promise<DataQueryReceipt> {
    return this.dataQueries.continue(context, query, { type: 're-query', by: context.actor.id, question })
  }
}
