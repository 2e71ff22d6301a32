import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { ListModelVersions } from '../../models/registry/queries/list-model-versions.js'
import { MODEL_LIBRARY } from '../../models/library/index.js'
import type { AnyModel } from '../../models/model.js'
import { findModel } from '../../models/registry/find-model.js'
import { AssessmentClock } from '../assessment-clock.js'
import { statusOf, type AssessmentApproval, type AssessmentDraft, type AssessmentStatus } from '../assessment-state.js'
import type { AssessedUse } from '../events.js'
import { ImpactAssessments } from '../impact-assessments.js'
import { RUN_PURPOSES } from '../../models/run-purposes.js'

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
    const models = model === undefined ? MODEL_LIBRARY : [findModel(model)]
    const proposed = await this.queries.execute(new ListModelVersions(model === undefined ? {} : { model }))
    const uses = models.flatMap((each) => usesOf(each, proposed))
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

/** Every version that was proposed or runs, and all of them together, for every purpose. */
function usesOf(
  { id, version: running }: AnyModel,
  proposed: readonly { model: string; version: string }[],
): AssessedUse[] {
  const known = proposed.filter(({ model }) => model === id).map(({ version }) => version)
  return [...new Set([null, ...known, running])].flatMap((version) =>
    RUN_PURPOSES.map((purpose) => ({ model: id, version, purpose })),
  )
}
