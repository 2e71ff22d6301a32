import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { ReviewRow } from '../review.row.js'

export interface ReviewFilter {
  /** `overdue`: not closed in time. */
  status?: ReviewRow['status'] | 'overdue'
  /** The trials open to the caller; without it, all reviews. */
  trials?: readonly string[]
}

export type ListedReview = Omit<ReviewRow, 'plannedPosition'> & { overdue: boolean }

/** Reviews, those due first at the head; at most 500. */
export class ListReviews extends Query<ListedReview[]> {
  constructor(
    readonly filter: ReviewFilter = {},
    readonly now = new Date(),
  ) {
    super()
  }
}

const MOST = 500

@QueryHandler(ListReviews)
export class ListReviewsHandler implements IQueryHandler<ListReviews> {
  constructor(@InjectRepository(ReviewRow) private readonly rows: Repository<ReviewRow>) {}

  async execute({ filter: { status, trials }, now }: ListReviews): Promise<ListedReview[]> {
    const query = this.rows.createQueryBuilder('review').where('true')
    if (status === 'overdue') query.andWhere("review.status <> 'closed' and review.dueAt < :now", { now })
    else if (status !== undefined) query.andWhere('review.status = :status', { status })
    if (trials !== undefined) query.andWhere('review.trial = any (:trials)', { trials })
    const found = await query.orderBy('review.dueAt').addOrderBy('review.plannedPosition').limit(MOST).getMany()
    return found.map(({ plannedPosition: _position, ...review }) => ({
      ...review,
      overdue: review.status !== 'closed' && Date.parse(review.dueAt) < now.getTime(),
    }))
  }
}
