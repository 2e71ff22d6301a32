import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { CancellationReason } from '../codes.js'
import { DataQueryJournal, type DataQueryReceipt } from '../data-query-journal.js'

/** Ends a query that no answer is wanted for any more: by who asked, or by somebody in the same role. */
export class CancelQuery extends Command<DataQueryReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly cancellation: { query: string; reason: CancellationReason },
  ) {
    super()
  }
}

@CommandHandler(CancelQuery)
export class CancelQueryHandler implements ICommandHandler<CancelQuery> {
  constructor(private readonly dataQueries: DataQueryJournal) {}

  /** @throws Conflict `data-query-out-of-order`; Forbidden `data-query-of-another` */
  execute({ context, cancellation: { query, reason } }: CancelQuery): Promise<DataQueryReceipt> {
    const { id: by, role } = context.actor
    return this.dataQueries.continue({ ...context, reason }, query, { type: 'cancel', by, role })
  }
}
