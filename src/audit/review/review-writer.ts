import { Injectable } from '@nestjs/common'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { NotFound } from '../../platform/errors.js'
import { reviewDecider, reviewStream, type ReviewCommand, type ReviewState } from './review.js'

/** What a step of a review led to. */
export interface ReviewReceipt {
  review: string
  /** Of the review's record; null when there was nothing to record. */
  revision: number | null
  position: number | null
}

/** Records and reads reviews. What a finding says in words is sealed under the review's own id. */
@Injectable()
export class ReviewWriter {
  constructor(private readonly journal: Journal) {}

  /** Errors are those of the decider. */
  async record(
    context: CommandContext,
    review: string,
    command: ReviewCommand,
    trial?: string,
  ): Promise<ReviewReceipt> {
    const { idempotencyKey: _key, ...once } = context
    const stream = reviewStream(review)
    const { events } = await this.journal.execute(once, {
      stream,
      decider: reviewDecider,
      command,
      subject: review,
      trial,
    })
    const last = events.at(-1)
    return { review, revision: last?.revision ?? null, position: last?.position ?? null }
  }

  /** @throws NotFound `review-not-found` */
  async existing(review: string): Promise<ReviewState> {
    const { state } = await this.journal.load(reviewDecider, reviewStream(review))
    if (state.status === 'none') throw new NotFound('review-not-found', 'There is no such review.')
    return state
  }
}
