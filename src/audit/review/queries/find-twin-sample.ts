import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectDataSource } from '@nestjs/typeorm'
import { DataSource } from 'typeorm'
import { ReviewWriter } from '../review-writer.js'

/** A person's place in a trial. */
export interface CodeInTrial {
  trial: string
  code: string
}

/** Id of the event that drew one of these codes for a review that this person carries out, as long as it is open; else null. */
export class FindTwinSample extends Query<string | null> {
  constructor(
    readonly reviewer: string,
    readonly among: readonly CodeInTrial[],
  ) {
    super()
  }
}

@QueryHandler(FindTwinSample)
export class FindTwinSampleHandler implements IQueryHandler<FindTwinSample> {
  constructor(
    private readonly writer: ReviewWriter,
    @InjectDataSource() private readonly database: DataSource,
  ) {}

  async execute({ reviewer, among }: FindTwinSample): Promise<string | null> {
    if (among.length === 0) return null
    const rows = await this.database.query<{ review: string }[]>(OPEN_REVIEWS, [
      reviewer,
      among.map(({ trial }) => trial),
      among.map(({ code }) => code),
    ])
    for (const { review } of rows) {
      // The read model may be behind; a review that was closed opens nothing from that moment on.
      const { status, twinSample } = await this.writer.existing(review)
      if (status !== 'closed' && twinSample) return twinSample.event
    }
    return null
  }
}

const OPEN_REVIEWS = `
  select sampled.review from read.audit_review_twin as sampled
  join read.audit_review as review on review.review = sampled.review
  where review.reviewer = $1 and review.status <> 'closed'
    and (sampled.trial, sampled.code) in (select * from unnest($2::uuid[], $3::text[]))
  order by review.planned_position`
