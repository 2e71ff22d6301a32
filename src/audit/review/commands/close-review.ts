import { Command, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { Conflict } from '../../../platform/errors.js'
import { RequireSignature } from '../../../signatures/queries/require-signature.js'
import { reviewStream } from '../review.js'
import { ReviewWriter, type ReviewReceipt } from '../review-writer.js'

/** Closes a concluded review on the signature of its reviewer. */
export class CloseReview extends Command<ReviewReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly review: string,
  ) {
    super()
  }
}

@CommandHandler(CloseReview)
export class CloseReviewHandler implements ICommandHandler<CloseReview> {
  constructor(
    private readonly writer: ReviewWriter,
    private readonly queries: QueryBus,
  ) {}

  /** @throws Conflict `review-not-concluded`, `signature-missing`; Forbidden `reviewer-is-another` */
  async execute({ context, review }: CloseReview): Promise<ReviewReceipt> {
    const { concludedRevision: revision, reviewer } = await this.writer.existing(review)
    if (revision === null || reviewer === null)
      throw new Conflict('review-not-concluded', 'The review is not concluded, or is closed.')
    const wanted = { stream: reviewStream(review), revision, meaning: 'responsibility', signer: reviewer } as const
    const { signature } = await this.queries.execute(new RequireSignature(wanted))
    return this.writer.record(context, review, { do: 'close', by: context.actor.id, signature })
  }
}
