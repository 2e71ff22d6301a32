import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { ForgettingJournal, type ForgettingReceipt } from '../forgetting/forgetting-journal.js'

/** The second person: quality assurance confirms that the decision is in order. */
export class ConfirmErasure extends Command<ForgettingReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly erasure: { subject: string; erasure: string },
  ) {
    super()
  }
}

@CommandHandler(ConfirmErasure)
export class ConfirmErasureHandler implements ICommandHandler<ConfirmErasure> {
  constructor(private readonly forgetting: ForgettingJournal) {}

  /** @throws Conflict `legal-hold-active`, `erasure-not-awaiting`; Forbidden `second-person-required` */
  execute({ context, erasure: { subject, erasure } }: ConfirmErasure): Promise<ForgettingReceipt> {
    return this.forgetting.record(context, subject, { type: 'confirm-erasure', erasure, by: context.actor.id })
  }
}
