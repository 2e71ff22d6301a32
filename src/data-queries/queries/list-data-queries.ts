import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { EnrolmentCodes } from '../../trials/queries/enrolment-codes.js'
import { pageCursor, positionOfCursor } from '../../platform/http/page-cursor.js'
import type { DataQueryScope } from '../data-query-access.js'
import { DataQueryRow } from '../data-query.row.js'

export interface DataQueryFilter {
  status?: DataQueryRow['status']
  trial?: string
  site?: string
  twin?: string
}

/** A query with its age. Of whom it is, is told by the twin and the code in the trial. */
export type ListedDataQuery = Omit<DataQueryRow, 'subject' | 'raisedPosition'> & {
  /** The person's code in the trial; null outside of a trial. */
  code: string | null
  /** Whole days since it was raised, up to its end. */
  ageDays: number
}

export interface DataQueryPage {
  queries: ListedDataQuery[]
  /** Where the next page starts; absent on the last one. */
  next?: string
}

/** Data queries, the oldest first, a page at a time. */
export class ListDataQueries extends Query<DataQueryPage> {
  constructor(
    readonly filter: DataQueryFilter = {},
    readonly scope: DataQueryScope = {},
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
    readonly now = new Date(),
  ) {
    super()
  }
}

const DAY_MS = 24 * 60 * 60 * 1_000

@QueryHandler(ListDataQueries)
export class ListDataQueriesHandler implements IQueryHandler<ListDataQueries> {
  constructor(
    @InjectRepository(DataQueryRow) private readonly rows: Repository<DataQueryRow>,
    private readonly queries: QueryBus,
  ) {}

  /** @throws InvalidRequest `cursor-invalid` */
  async execute({ filter, scope, limit, cursor, now }: ListDataQueries): Promise<DataQueryPage> {
    const query = this.rows.createQueryBuilder('query').where('true')
    for (const field of ['status', 'trial', 'site', 'twin'] as const)
      if (filter[field] !== undefined) query.andWhere(`query.${field} = :${field}`, { [field]: filter[field] })
    if (scope.site !== undefined) query.andWhere('query.site = :ownSite', { ownSite: scope.site })
    if (scope.trials !== undefined) query.andWhere('query.trial = any (:trials)', { trials: scope.trials })
    if (cursor !== undefined) query.andWhere('query.raisedPosition > :after', { after: positionOfCursor(cursor) })
    const found = await query
      .orderBy('query.raisedPosition')
      .limit(limit + 1)
      .getMany()
    const page = found.slice(0, limit)
    const queries = await this.shown(page, now)
    return found.length > limit ? { queries, next: pageCursor(page.at(-1)!.raisedPosition) } : { queries }
  }

  private async shown(rows: readonly DataQueryRow[], now: Date): Promise<ListedDataQuery[]> {
    const inTrials = rows.flatMap(({ trial, subject }) => (trial === null ? [] : [{ trial, subject }]))
    const codes = await this.queries.execute(new EnrolmentCodes(inTrials))
    const codeOf = new Map(inTrials.map(({ trial, subject }, index) => [`${trial}/${subject}`, codes[index] ?? null]))
    return rows.map(({ subject, raisedPosition: _position, ...row }) => ({
      ...row,
      code: codeOf.get(`${row.trial}/${subject}`) ?? null,
      ageDays: Math.floor(((row.endedAt ?? now).getTime() - row.raisedAt.getTime()) / DAY_MS),
    }))
  }
}
