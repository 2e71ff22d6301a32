import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { AccessRecorder } from '../../../journal/access-recorder.js'
import type { CommandContext } from '../../../journal/command-context.js'
import { SignaturesOn, type ShownSignature } from '../../../signatures/queries/signatures-on.js'
import type { TwinsSampled } from '../events.js'
import { RISK_CRITERIA } from '../codes.js'
import { reviewStream, type Finding, type ReviewState } from '../review.js'
import { ReviewWriter } from '../review-writer.js'

export interface ReviewView extends Pick<ReviewState, 'plan' | 'planner' | 'reviewer' | 'concludedRevision'> {
  review: string
  status: Exclude<ReviewState['status'], 'none'>
  overdue: boolean
  /** What each criterion in use means. */
  criteria: Readonly<Record<string, string>>
  sample: ReviewState['sample']
  /** Coded twins that the reviewer may read while the review is open. */
  twinSample: TwinsSampled['data'] | null
  findings: Finding[]
  signatures: ShownSignature[]
}

/** A review with its sample and findings. Opening what the reviewer wrote is recorded. */
export class GetReview extends Query<ReviewView> {
  constructor(
    readonly context: CommandContext,
    readonly review: string,
  ) {
    super()
  }
}

@QueryHandler(GetReview)
export class GetReviewHandler implements IQueryHandler<GetReview> {
  constructor(
    private readonly writer: ReviewWriter,
    private readonly access: AccessRecorder,
    private readonly queries: QueryBus,
  ) {}

  /** @throws NotFound `review-not-found` */
  async execute({ context, review }: GetReview): Promise<ReviewView> {
    const state = await this.writer.existing(review)
    const { status, plan, planner, reviewer, sample, findings, concludedRevision } = state
    const explained = [...findings.values()].filter(({ explanation }) => explanation !== null).length
    if (explained > 0)
      await this.access.opened(context, {
        subject: review,
        trial: plan?.trial,
        what: ['review-finding'],
        count: explained,
      })
    return {
      review,
      status: status as ReviewView['status'],
      overdue: status !== 'closed' && Date.parse(plan!.dueAt) < Date.now(),
      plan,
      planner,
      reviewer,
      criteria: Object.fromEntries(plan!.criteria.map((criterion) => [criterion, RISK_CRITERIA[criterion]])),
      sample,
      twinSample: shownSample(state.twinSample),
      findings: [...findings.values()],
      concludedRevision,
      signatures: await this.queries.execute(new SignaturesOn(context, { stream: reviewStream(review) })),
    }
  }
}

function shownSample(drawn: ReviewState['twinSample']): TwinsSampled['data'] | null {
  if (!drawn) return null
  const { event: _event, ...sample } = drawn
  return sample
}
