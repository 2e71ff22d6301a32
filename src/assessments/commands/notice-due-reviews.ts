import { Command, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { DueReviews } from '../due-reviews.js'
import { ImpactAssessments } from '../impact-assessments.js'
import { ListDueReviews } from '../queries/list-due-reviews.js'

/** Says of each approval once that its review comes near, and counts those that wait for theirs. */
export class NoticeDueReviews extends Command<{ noticed: number }> {
  constructor(readonly context: CommandContext) {
    super()
  }
}

@CommandHandler(NoticeDueReviews)
export class NoticeDueReviewsHandler implements ICommandHandler<NoticeDueReviews> {
  constructor(
    private readonly assessments: ImpactAssessments,
    private readonly queries: QueryBus,
    private readonly due: DueReviews,
  ) {}

  async execute({ context }: NoticeDueReviews): Promise<{ noticed: number }> {
    const due = await this.queries.execute(new ListDueReviews())
    this.due.found(due.length)
    let noticed = 0
    for (const { assessment } of due) if (await this.assessments.noticeReview(context, assessment)) noticed++
    return { noticed }
  }
}
