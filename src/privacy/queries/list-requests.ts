import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { PrivacyClock } from '../clock.js'
import type { RequestKind } from '../codes.js'
import { PrivacyRequestRow } from '../privacy.rows.js'
import type { RequestStatus } from '../requests/request-state.js'
import { pageOf, type Page } from './page.js'

export interface RequestFilter {
  subject?: string
  kind?: RequestKind
  status?: RequestStatus
  /** Past their day and not answered. */
  overdue?: boolean
  answered?: boolean
}

/** A request with its clock. */
export type ListedRequest = Omit<PrivacyRequestRow, 'overdueAt'> & {
  overdue: boolean
  /** Whole days until it is due; negative when it is overdue, null once it is answered. */
  daysLeft: number | null
}

const DAY_MS = 24 * 60 * 60 * 1_000

/** Requests, the newest first. */
export class ListRequests extends Query<Page<ListedRequest>> {
  constructor(
    readonly filter: RequestFilter = {},
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

@QueryHandler(ListRequests)
export class ListRequestsHandler implements IQueryHandler<ListRequests> {
  constructor(
    @InjectRepository(PrivacyRequestRow) private readonly rows: Repository<PrivacyRequestRow>,
    private readonly clock: PrivacyClock,
  ) {}

  /** @throws InvalidRequest `cursor-invalid` */
  async execute({ filter, limit, cursor }: ListRequests): Promise<Page<ListedRequest>> {
    const { overdue, answered, ...equal } = filter
    const now = this.clock.now()
    const query = this.rows.createQueryBuilder('request').where('true')
    for (const [column, value] of Object.entries(equal))
      if (value !== undefined) query.andWhere(`request.${column} = :${column}`, { [column]: value })
    if (overdue === true) query.andWhere('request.answeredAt is null and request.dueAt < :now', { now })
    if (answered !== undefined) query.andWhere(`request.answeredAt is ${answered ? 'not null' : 'null'}`)
    const { items, ...more } = await pageOf(query, 'firstPosition', limit, cursor)
    return { items: items.map((row) => withClock(row, now)), ...more }
  }
}

function withClock({ overdueAt: _overdueAt, ...row }: PrivacyRequestRow, now: Date): ListedRequest {
  const open = row.answeredAt === null
  const left = row.dueAt.getTime() - now.getTime()
  return { ...row, overdue: open && left < 0, daysLeft: open ? Math.floor(left / DAY_MS) : null }
}
