import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { Custody } from '../events.js'
import { TwinWriter, type TwinReceipt } from '../twin-writer.js'

/** Passes the twin to another controller or owner. */
export class ChangeCustody extends Command<TwinReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly change: { twin: string; ifRevision?: number; custody: Custody },
  ) {
    super()
  }
}

@CommandHandler(ChangeCustody)
export class ChangeCustodyHandler implements ICommandHandler<ChangeCustody> {
  constructor(private readonly writer: TwinWriter) {}

  /** @throws NotFound `twin-not-found`, Conflict `twin-merged` */
  execute({ context, change }: ChangeCustody): Promise<TwinReceipt> {
    const { twin, ifRevision, custody } = change
    return this.writer.command(context, { twin, ifRevision, command: { type: 'change-custody', custody } })
  }
}
