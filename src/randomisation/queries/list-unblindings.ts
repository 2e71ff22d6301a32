import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
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

const REVIEWED_WITHIN_MS = 72 * 3_600_000

@QueryHandler(ListUnblindings)
export class ListUnblindingsHandler implements IQueryHandler<ListUnblindings> {
  constructor(private readonly reader: RandomisationReader) {}

  async execute({ trial, scope: { actor } }: ListUnblindings): Promise<UnblindingView[]> {
    const { unblindings } = (await this.reader.read(trial)).state
    const now = new Date().toISOString()
    return [...unblindings.values()]
      .filter((opened) => actor === undefined || opened.actor === actor)
      .map(({ subject: _subject, ...opened }) => {
        const reviewDue = new Date(Date.parse(opened.openedAt) + REVIEWED_WITHIN_MS).toISOString()
        return { ...opened, reviewDue, overdue: opened.review === undefined && reviewDue <= now }
      })
      .reverse()
  }
}
