import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { ListModelVersions } from '../../models/registry/queries/list-model-versions.js'
import { MODEL_LIBRARY } from '../../models/library/index.js'
import { RUN_PURPOSES } from '../../models/run-purposes.js'
import { AssessmentClock } from '../assessment-clock.js'
import { isReviewDue } from '../assessment-state.js'
import { ImpactAssessments } from '../impact-assessments.js'

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
    const known = MODEL_LIBRARY.flatMap(({ id, version }) =>
      [null, version].map((each) => ({ model: id, version: each })),
    )
    const versions = new Map(
      [...known, ...proposed].map(({ model, version }) => [`${model} ${version}`, { model, version }]),
    )
    const uses = [...versions.values()].flatMap((use) => RUN_PURPOSES.map((purpose) => ({ ...use, purpose })))
    const now = this.clock.now().toISOString()
    return (await this.assessments.coded(uses))
      .filter(({ state }) => isReviewDue(state, now))
      .map(({ assessment, state }) => ({ assessment, reviewBy: state.approval!.reviewBy }))
  }
}
