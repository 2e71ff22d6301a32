import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { DrawSample } from '../draw-sample.js'
import { ReviewWriter, type ReviewReceipt } from '../review-writer.js'

/** The caller takes a planned review up: the sample is drawn, and nobody in it may be the reviewer. */
export class TakeUpReview extends Command<ReviewReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly review: string,
  ) {
    super()
  }
}

@CommandHandler(TakeUpReview)
export class TakeUpReviewHandler implements ICommandHandler<TakeUpReview> {
  constructor(
    private readonly writer: ReviewWriter,
    private readonly sampling: DrawSample,
  ) {}

  /**
   * @throws Forbidden `reviewer-not-independent`; Conflict `review-not-planned`, `review-period-not-over`; NotFound `review-not-found`
   */
  async execute({ context, review }: TakeUpReview): Promise<ReviewReceipt> {
    const { plan } = await this.writer.existing(review)
    const sample = await this.sampling.draw(review, plan!)
    const command = { do: 'take-up', by: context.actor.id, sample, now: new Date().toISOString() } as const
    return this.writer.record(context, review, command, plan!.trial)
  }
}
