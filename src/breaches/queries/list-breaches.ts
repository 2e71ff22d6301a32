import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { PrivacyClock } from '../../privacy/clock.js'
import { pageOf, type Page } from '../../privacy/queries/page.js'
import { BreachRow } from '../breach.row.js'

const HOUR_MS = 3_600_000

/** A breach with its clock. */
export interface ListedBreach extends BreachRow {
  overdue: boolean
  /** Until the authority is to be notified; negative afterwards, null once that is settled. */
  hoursLeft: number | null
}

/** The register, the newest first. */
export class ListBreaches extends Query<Page<ListedBreach>> {
  constructor(
    readonly filter: { status?: BreachRow['status']; overdue?: boolean } = {},
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

@QueryHandler(ListBreaches)
export class ListBreachesHandler implements IQueryHandler<ListBreaches> {
  constructor(
    @InjectRepository(BreachRow) private readonly rows: Repository<BreachRow>,
    private readonly clock: PrivacyClock,
  ) {}

  /** @throws InvalidRequest `cursor-invalid` */
  async execute({ filter: { status, overdue }, limit, cursor }: ListBreaches): Promise<Page<ListedBreach>> {
    const now = this.clock.now()
    const query = this.rows.createQueryBuilder('breach').where('true')
    if (status !== undefined) query.andWhere('breach.status = :status', { status })
    if (overdue === true) query.andWhere('breach.settledAt is null and breach.dueAt < :now', { now })
    const page = await pageOf(query, 'firstPosition', limit, cursor)
    return { ...page, items: page.items.map((row) => withClock(row, now)) }
  }
}

function withClock(row: BreachRow, now: Date): ListedBreach {
  const left = row.dueAt.getTime() - now.getTime()
  const settled = row.settledAt !== null
  return { ...row, overdue: !settled && left < 0, hoursLeft: settled ? null : Math.floor(left / HOUR_MS) }
}
