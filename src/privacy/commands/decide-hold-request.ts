import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { HoldRefusal } from '../codes.js'
import { ForgettingJournal, type ForgettingReceipt } from '../forgetting/forgetting-journal.js'

/** Compliance places a legal hold that somebody asked for, or refuses it with its reason. */
export class DecideHoldRequest extends Command<ForgettingReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly decision: { subject: string; hold: string; refusal?: HoldRefusal },
  ) {
    super()
  }
}

@CommandHandler(DecideHoldRequest)
export class DecideHoldRequestHandler implements ICommandHandler<DecideHoldRequest> {
  constructor(private readonly forgetting: ForgettingJournal) {}

  /** @throws NotFound `hold-not-found`; Conflict `hold-decided`, `erasure-under-way` */
  execute({ context, decision: { subject, hold, refusal } }: DecideHoldRequest): Promise<ForgettingReceipt> {
    return this.forgetting.record(
      context,
      subject,
      refusal === undefined ? { type: 'grant-hold', hold } : { type: 'refuse-hold', hold, reason: refusal },
    )
  }
}
