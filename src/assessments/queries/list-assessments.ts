import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { ListModelVersions } from '../../models/registry/queries/list-model-versions.js'
import { findModel } from '../../models/registry/find-model.js'
import { AssessmentClock } from '../assessment-clock.js'
import { statusOf, type AssessmentApproval, type AssessmentDraft, type AssessmentStatus } from '../assessment-state.js'
import type { AssessedUse } from '../events.js'
import { ImpactAssessments } from '../impact-assessments.js'
import { assessedUses } from './assessed-uses.js'

export interface ListedAssessment extends AssessedUse {
  assessment: string
  revision: number
  status: AssessmentStatus
  draft: AssessmentDraft | null
  approval: AssessmentApproval | null
}

/** The impact assessments of a model, or of all, for all versions and purposes, read from the ledger at this moment. */
export class ListAssessments extends Query<ListedAssessment[]> {
  constructor(readonly model?: string) {
    super()
  }
}

@QueryHandler(ListAssessments)
export class ListAssessmentsHandler implements IQueryHandler<ListAssessments> {
  constructor(
    private readonly assessments: ImpactAssessments,
    private readonly queries: QueryBus,
    private readonly clock: AssessmentClock,
  ) {}

  /** @throws NotFound `model-not-found` */
  async execute({ model }: ListAssessments): Promise<ListedAssessment[]> {
    if (model !== undefined) findModel(model)
    const proposed = await this.queries.execute(new ListModelVersions(model === undefined ? {} : { model }))
    const uses = assessedUses(proposed).filter((use) => model === undefined || use.model === model)
    const now = this.clock.now().toISOString()
    return (await this.assessments.coded(uses)).map(({ assessment, revision, state }) => ({
      assessment,
      revision,
      ...state.use!,
      status: statusOf(state, now),
      draft: state.draft,
      approval: state.approval,
    }))
  }
}
