import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { LegalHoldRow } from '../privacy.rows.js'
import { pageOf, type Page } from './page.js'

/** A legal hold as whoever asked for it knows it: nothing of the person but what they named themselves. */
export type HoldRequest = Pick<LegalHoldRow, 'hold' | 'status' | 'ground' | 'requestedAt' | 'refusal' | 'endedAt'>

/** What one person asked for, the newest first. */
export class ListHoldRequests extends Query<Page<HoldRequest>> {
  constructor(
    /** Actor id. */
    readonly requester: string,
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

@QueryHandler(ListHoldRequests)
export class ListHoldRequestsHandler implements IQueryHandler<ListHoldRequests> {
  constructor(@InjectRepository(LegalHoldRow) private readonly rows: Repository<LegalHoldRow>) {}

  /** @throws InvalidRequest `cursor-invalid` */
  async execute({ requester, limit, cursor }: ListHoldRequests): Promise<Page<HoldRequest>> {
    const query = this.rows.createQueryBuilder('hold').where('hold.requester = :requester', { requester })
    const { items, ...more } = await pageOf(query, 'firstPosition', limit, cursor)
    const shown = items.map(({ hold, status, ground, requestedAt, refusal, endedAt }) => ({
      hold,
      status,
      ground,
      requestedAt,
      refusal,
      endedAt,
    }))
    return { items: shown, ...more }
  }
}
