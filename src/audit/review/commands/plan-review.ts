import { randomUUID } from 'node:crypto'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import type { ReviewPlan } from '../events.js'
import { ReviewWriter, type ReviewReceipt } from '../review-writer.js'

/** Plans a review: of what, over which time, by which criteria of risk, until when. */
export class PlanReview extends Command<ReviewReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly plan: ReviewPlan,
  ) {
    super()
  }
}

@CommandHandler(PlanReview)
export class PlanReviewHandler implements ICommandHandler<PlanReview> {
  constructor(private readonly writer: ReviewWriter) {}

  /** @throws InvalidRequest `review-period-invalid`, `review-criteria-missing` */
  execute({ context, plan }: PlanReview): Promise<ReviewReceipt> {
    const utc = (time: string) => new Date(time).toISOString()
    const planned = { ...plan, from: utc(plan.from), to: utc(plan.to), dueAt: utc(plan.dueAt) }
    return this.writer.record(
      context,
      randomUUID(),
      { do: 'plan', plan: planned, now: new Date().toISOString() },
      plan.trial,
    )
  }
}
