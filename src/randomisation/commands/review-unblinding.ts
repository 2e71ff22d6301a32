import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { RandomisationWriter, type RandomisationReceipt } from '../randomisation-writer.js'

/** Says whether an emergency unblinding was justified. Somebody else than who asked for it. */
export class ReviewUnblinding extends Command<RandomisationReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly review: { trial: string; unblinding: string; finding: 'justified' | 'not-justified' },
  ) {
    super()
  }
}

@CommandHandler(ReviewUnblinding)
export class ReviewUnblindingHandler implements ICommandHandler<ReviewUnblinding> {
  constructor(private readonly writer: RandomisationWriter) {}

  /** @throws NotFound `unblinding-not-found`; Conflict `unblinding-reviewed`, `own-unblinding`, `arms-not-designed` */
  execute({ context, review: { trial, unblinding, finding } }: ReviewUnblinding): Promise<RandomisationReceipt> {
    const command = { type: 'review-unblinding', unblinding, finding, by: context.actor.id } as const
    return this.writer.command(context, { trial, command })
  }
}
