import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { ClosingReason } from '../reason-codes.js'
import { TrialWriter, type TrialReceipt } from '../trial-writer.js'

/** Ends a trial. Persons can still be withdrawn from it. */
export class CloseTrial extends Command<TrialReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly change: { trial: string; ifRevision?: number; reason: ClosingReason },
  ) {
    super()
  }
}

@CommandHandler(CloseTrial)
export class CloseTrialHandler implements ICommandHandler<CloseTrial> {
  constructor(private readonly writer: TrialWriter) {}

  /** @throws NotFound `trial-not-found`, Conflict `trial-closed` */
  execute({ context, change }: CloseTrial): Promise<TrialReceipt> {
    const { trial, ifRevision, reason } = change
    return this.writer.command({ ...context, reason }, { trial, ifRevision, command: { type: 'close' } })
  }
}
