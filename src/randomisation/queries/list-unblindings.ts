import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { isReviewOverdue, reviewDue } from '../../identity/emergency-review.js'
import { RandomisationReader } from '../randomisation-reader.js'
import type { Unblinding } from '../randomisation-state.js'

export interface UnblindingView extends Omit<Unblinding, 'subject'> {
  reviewDue: string
  overdue: boolean
}

/** Emergency unblindings of a trial, newest first, and which of them wait for a review. */
export class ListUnblindings extends Query<UnblindingView[]> {
  constructor(
    readonly trial: string,
    readonly scope: { actor?: string } = {},
  ) {
    super()
  }
}

@QueryHandler(ListUnblindings)
export class ListUnblindingsHandler implements IQueryHandler<ListUnblindings> {
  constructor(private readonly reader: RandomisationReader) {}

  async execute({ trial, scope: { actor } }: ListUnblindings): Promise<UnblindingView[]> {
    const { unblindings } = (await this.reader.read(trial)).state
    const now = new Date().toISOString()
    return [...unblindings.values()]
      .filter((opened) => actor === undefined || opened.actor === actor)
      .map(({ subject: _subject, ...opened }) => ({
        ...opened,
        reviewDue: reviewDue(opened),
        overdue: isReviewOverdue(opened, now),
      }))
      .reverse()
  }
}
