import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { UseReason } from '../reason-codes.js'
import { TwinWriter, type TwinReceipt } from '../twin-writer.js'

/** Returns a withdrawn twin to use. */
export class ReturnTwinToUse extends Command<TwinReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly change: { twin: string; ifRevision?: number; reason: UseReason },
  ) {
    super()
  }
}

@CommandHandler(ReturnTwinToUse)
export class ReturnTwinToUseHandler implements ICommandHandler<ReturnTwinToUse> {
  constructor(private readonly writer: TwinWriter) {}

  /** @throws NotFound `twin-not-found`, Conflict `twin-merged`, `twin-in-use` */
  execute({ context, change }: ReturnTwinToUse): Promise<TwinReceipt> {
    const { twin, ifRevision, reason } = change
    return this.writer.command({ ...context, reason }, { twin, ifRevision, command: { type: 'return-to-use' } })
  }
}
