import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { Advances, type AdvanceReceipt } from '../advances.js'
import type { AdvanceReview } from '../events.js'

/** Records that somebody other than the proposer held an entry against its source. */
export class ReviewAdvance extends Command<AdvanceReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly review: AdvanceReview,
    readonly ifRevision?: number,
  ) {
    super()
  }
}

@CommandHandler(ReviewAdvance)
export class ReviewAdvanceHandler implements ICommandHandler<ReviewAdvance> {
  constructor(private readonly advances: Advances) {}

  /** @throws NotFound `advance-not-found`; Conflict `advance-not-proposed`; Forbidden `reviewer-is-proposer` */
  execute({ context, id, review, ifRevision }: ReviewAdvance): Promise<AdvanceReceipt> {
    return this.advances.record(context, id, { type: 'review', by: context.actor.id, review }, ifRevision)
  }
}
