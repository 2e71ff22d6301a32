import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { AssessmentClock } from '../assessment-clock.js'
import { inForce } from '../assessment-state.js'
import type { AssessedUse } from '../events.js'
import { ImpactAssessments } from '../impact-assessments.js'

/** The approved, unexpired impact assessment of a use, of this version or of all; null when there is none. */
export class FindAssessmentInForce extends Query<string | null> {
  constructor(readonly use: AssessedUse) {
    super()
  }
}

@QueryHandler(FindAssessmentInForce)
export class FindAssessmentInForceHandler implements IQueryHandler<FindAssessmentInForce> {
  constructor(
    private readonly assessments: ImpactAssessments,
    private readonly clock: AssessmentClock,
  ) {}

  async execute({ use }: FindAssessmentInForce): Promise<string | null> {
    const now = this.clock.now().toISOString()
    const found = await this.assessments.coded([use, { ...use, version: null }])
    return found.find(({ state }) => inForce(state, now))?.assessment ?? null
  }
}
