import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { ReviewWriter, type ReviewReceipt } from '../review-writer.js'

/** The reviewer is done. The answer's `revision` is what they sign next, with the meaning `responsibility`. */
export class ConcludeReview extends Command<ReviewReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly review: string,
  ) {
    super()
  }
}

@CommandHandler(ConcludeReview)
export class ConcludeReviewHandler implements ICommandHandler<ConcludeReview> {
  constructor(private readonly writer: ReviewWriter) {}

  /** @throws Forbidden `reviewer-is-another`; Conflict `review-not-under-way`, `review-findings-open` */
  execute({ context, review }: ConcludeReview): Promise<ReviewReceipt> {
    return this.writer.record(context, review, { do: 'conclude', by: context.actor.id })
  }
}
