import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { AccessRecorder } from '../../journal/access-recorder.js'
import type { CommandContext } from '../../journal/command-context.js'
import { AssessmentClock } from '../assessment-clock.js'
import { statusOf, type AssessmentState, type AssessmentStatus } from '../assessment-state.js'
import { ImpactAssessments } from '../impact-assessments.js'

export interface AssessmentView extends AssessmentState {
  assessment: string
  revision: number
  status: AssessmentStatus
}

/** An impact assessment as it stands; what was written, for readers of it alone. */
export class GetAssessment extends Query<AssessmentView> {
  constructor(
    readonly context: CommandContext,
    readonly assessment: string,
    readonly detail: 'full' | 'coded',
  ) {
    super()
  }
}

@QueryHandler(GetAssessment)
export class GetAssessmentHandler implements IQueryHandler<GetAssessment> {
  constructor(
    private readonly assessments: ImpactAssessments,
    private readonly clock: AssessmentClock,
    private readonly access: AccessRecorder,
  ) {}

  /** What somebody wrote is opened on record. @throws NotFound `dpia-not-found` */
  async execute({ context, assessment, detail }: GetAssessment): Promise<AssessmentView> {
    const { state, revision } = await this.assessments.existing(assessment)
    const status = statusOf(state, this.clock.now().toISOString())
    if (detail === 'coded') return { assessment, revision, ...state, texts: null, advice: null, status }
    await this.access.opened(context, { subject: assessment, what: ['impact-assessment'], count: 1 })
    return { assessment, revision, ...state, status }
  }
}
