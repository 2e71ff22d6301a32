import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { ListModelVersions } from '../../models/registry/queries/list-model-versions.js'
import { AssessmentClock } from '../assessment-clock.js'
import { isReviewDue } from '../assessment-state.js'
import { ImpactAssessments } from '../impact-assessments.js'
import { assessedUses } from './assessed-uses.js'

export interface DueReview {
  assessment: string
  /** RFC 3339, UTC. */
  reviewBy: string
}

/** Approvals that count no longer, or soon will not, over all models, read from the ledger at this moment. */
export class ListDueReviews extends Query<DueReview[]> {}

@QueryHandler(ListDueReviews)
export class ListDueReviewsHandler implements IQueryHandler<ListDueReviews> {
  constructor(
    private readonly assessments: ImpactAssessments,
    private readonly queries: QueryBus,
    private readonly clock: AssessmentClock,
  ) {}

  async execute(): Promise<DueReview[]> {
    const proposed = await this.queries.execute(new ListModelVersions())
    const now = this.clock.now().toISOString()
    return (await this.assessments.coded(assessedUses(proposed)))
      .filter(({ state }) => isReviewDue(state, now))
      .map(({ assessment, state }) => ({ assessment, reviewBy: state.approval!.reviewBy }))
  }
}
