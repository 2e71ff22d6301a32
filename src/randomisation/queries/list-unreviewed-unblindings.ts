import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { IsNull, Repository } from 'typeorm'
import { isReviewOverdue, reviewDue } from '../../identity/emergency-review.js'
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

/** What waits for a review in any trial, the one due first at the top; of one person, when `actor` is given. */
export class ListUnreviewedUnblindings extends Query<UnreviewedUnblinding[]> {
  constructor(readonly scope: { actor?: string } = {}) {
    super()
  }
}

/** A reviewer works on the first ones; nobody reads more. */
const MOST = 500

@QueryHandler(ListUnreviewedUnblindings)
export class ListUnreviewedUnblindingsHandler implements IQueryHandler<ListUnreviewedUnblindings> {
  constructor(@InjectRepository(UnblindingRow) private readonly rows: Repository<UnblindingRow>) {}

  async execute({ scope }: ListUnreviewedUnblindings): Promise<UnreviewedUnblinding[]> {
    const waiting = await this.rows.find({
      where: { ...scope, reviewedAt: IsNull() },
      order: { openedAt: 'ASC', unblinding: 'ASC' },
      take: MOST,
    })
    const now = new Date().toISOString()
    return waiting.map(({ unblinding, trial, code, actor, ...row }) => {
      const opened = { openedAt: row.openedAt.toISOString() }
      const due = { reviewDue: reviewDue(opened), overdue: isReviewOverdue(opened, now) }
      return { unblinding, trial, code, actor, ...opened, ...due }
    })
  }
}
