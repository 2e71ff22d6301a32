import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { UseReason } from '../reason-codes.js'
import { TwinWriter, type TwinReceipt } from '../twin-writer.js'

/** Takes the twin out of use: no new facts, no runs; corrections stay possible. */
export class WithdrawTwinFromUse extends Command<TwinReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly change: { twin: string; ifRevision?: number; reason: UseReason },
  ) {
    super()
  }
}

@CommandHandler(WithdrawTwinFromUse)
export class WithdrawTwinFromUseHandler implements ICommandHandler<WithdrawTwinFromUse> {
  constructor(private readonly writer: TwinWriter) {}

  /** @throws NotFound `twin-not-found`, Conflict `twin-merged`, `twin-withdrawn` */
  execute({ context, change }: WithdrawTwinFromUse): Promise<TwinReceipt> {
    const { twin, ifRevision, reason } = change
    return this.writer.command({ ...context, reason }, { twin, ifRevision, command: { type: 'withdraw-from-use' } })
  }
}
