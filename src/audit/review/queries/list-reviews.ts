import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository, type SelectQueryBuilder } from 'typeorm'
import { recordCursor, recordOfCursor } from '../../../platform/http/page-cursor.js'
import { ReviewRow } from '../review.row.js'

export interface ReviewFilter {
  /** `overdue`: not closed in time. */
  status?: ReviewRow['status'] | 'overdue'
  /** The trials open to the caller; without it, all reviews. */
  trials?: readonly string[]
}

export type ListedReview = Omit<ReviewRow, 'plannedPosition'> & { overdue: boolean }

export interface ReviewPage {
  reviews: ListedReview[]
  /** Where the next page starts; absent on the last one. */
  next?: string
}

/** Reviews, those due first at the head, a page at a time. */
export class ListReviews extends Query<ReviewPage> {
  constructor(
    readonly filter: ReviewFilter = {},
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
    readonly now = new Date(),
  ) {
    super()
  }
}

@QueryHandler(ListReviews)
export class ListReviewsHandler implements IQueryHandler<ListReviews> {
  constructor(@InjectRepository(ReviewRow) private readonly rows: Repository<ReviewRow>) {}

  /** @throws InvalidRequest `cursor-invalid` */
  async execute({ filter, limit, cursor, now }: ListReviews): Promise<ReviewPage> {
    const query = reviewsLike(this.rows, filter, now)
    if (cursor !== undefined) {
      const { dueAt, plannedPosition } = await recordOfCursor(cursor, (review) => this.rows.findOneBy({ review }))
      query.andWhere('(review.dueAt, review.plannedPosition) > (:dueAt, :position)', {
        dueAt,
        position: plannedPosition,
      })
    }
    const found = await query
      .orderBy('review.dueAt')
      .addOrderBy('review.plannedPosition')
      .limit(limit + 1)
      .getMany()
    const reviews = found.slice(0, limit).map(({ plannedPosition: _position, ...review }) => ({
      ...review,
      overdue: review.status !== 'closed' && Date.parse(review.dueAt) < now.getTime(),
    }))
    return found.length > limit ? { reviews, next: recordCursor(reviews.at(-1)!.review) } : { reviews }
  }
}

/** How many planned reviews are not closed in time. */
export class CountOverdueReviews extends Query<number> {
  constructor(readonly now = new Date()) {
    super()
  }
}

@QueryHandler(CountOverdueReviews)
export class CountOverdueReviewsHandler implements IQueryHandler<CountOverdueReviews> {
  constructor(@InjectRepository(ReviewRow) private readonly rows: Repository<ReviewRow>) {}

  execute({ now }: CountOverdueReviews): Promise<number> {
    return reviewsLike(this.rows, { status: 'overdue' }, now).getCount()
  }
}

function reviewsLike(
  rows: Repository<ReviewRow>,
  { status, trials }: ReviewFilter,
  now: Date,
): SelectQueryBuilder<ReviewRow> {
  const query = rows.createQueryBuilder('review').where('true')
  if (status === 'overdue') query.andWhere("review.status <> 'closed' and review.dueAt < :now", { now })
  else if (status !== undefined) query.andWhere('review.status = :status', { status })
  if (trials !== undefined) query.andWhere('review.trial = any (:trials)', { trials })
  return query
}
