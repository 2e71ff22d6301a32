import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { isReviewOverdue, reviewDue } from '../../identity/emergency-review.js'
import { recordCursor, recordOfCursor } from '../../platform/http/page-cursor.js'
import { UnblindingRow } from '../randomisation.rows.js'

export interface UnreviewedUnblinding {
  unblinding: string
  trial: string
  code: string
  /** To whom the arm was opened. */
  actor: string
  openedAt: string
  reviewDue: string
  overdue: boolean
}

export interface UnreviewedPage {
  unblindings: UnreviewedUnblinding[]
  /** Where the next page starts; absent on the last one. */
  next?: string
}

/** What waits for a review in any trial, the one due first at the top; of one person, when `actor` is given. */
export class ListUnreviewedUnblindings extends Query<UnreviewedPage> {
  constructor(
    readonly scope: { actor?: string } = {},
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

@QueryHandler(ListUnreviewedUnblindings)
export class ListUnreviewedUnblindingsHandler implements IQueryHandler<ListUnreviewedUnblindings> {
  constructor(@InjectRepository(UnblindingRow) private readonly rows: Repository<UnblindingRow>) {}

  /** @throws InvalidRequest `cursor-invalid` */
  async execute({ scope: { actor }, limit, cursor }: ListUnreviewedUnblindings): Promise<UnreviewedPage> {
    const query = this.rows.createQueryBuilder('row').where('row.reviewedAt is null')
    if (actor !== undefined) query.andWhere('row.actor = :actor', { actor })
    if (cursor !== undefined) {
      const { openedAt, unblinding } = await recordOfCursor(cursor, (id) => this.rows.findOneBy({ unblinding: id }))
      query.andWhere('(row.openedAt, row.unblinding) > (:openedAt, :unblinding)', { openedAt, unblinding })
    }
    const found = await query
      .orderBy('row.openedAt')
      .addOrderBy('row.unblinding')
      .limit(limit + 1)
      .getMany()
    const now = new Date().toISOString()
    const unblindings = found.slice(0, limit).map((row) => shown(row, now))
    return found.length > limit ? { unblindings, next: recordCursor(unblindings.at(-1)!.unblinding) } : { unblindings }
  }
}

function shown({ unblinding, trial, code, actor, ...row }: UnblindingRow, now: string): UnreviewedUnblinding {
  const opened = { openedAt: row.openedAt.toISOString() }
  const due = { reviewDue: reviewDue(opened), overdue: isReviewOverdue(opened, now) }
  return { unblinding, trial, code, actor, ...opened, ...due }
}
