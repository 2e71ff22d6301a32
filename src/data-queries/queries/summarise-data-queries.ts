import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectDataSource } from '@nestjs/typeorm'
import { DataSource } from 'typeorm'
import type { DataQueryScope } from '../data-query-access.js'

/** What a site has to answer in a trial, and what waits for those who asked. */
export interface SiteQueries {
  /** Null: outside of any trial. */
  trial: string | null
  site: string
  open: number
  answered: number
  /** Whole days since the oldest of them was raised. */
  oldestDays: number
}

/** Queries that have not ended, counted by trial and site; the oldest at the head. */
export class SummariseDataQueries extends Query<SiteQueries[]> {
  constructor(
    readonly filter: { trial?: string } = {},
    readonly scope: DataQueryScope = {},
    readonly now = new Date(),
  ) {
    super()
  }
}

@QueryHandler(SummariseDataQueries)
export class SummariseDataQueriesHandler implements IQueryHandler<SummariseDataQueries> {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  execute({ filter: { trial }, scope: { site, trials }, now }: SummariseDataQueries): Promise<SiteQueries[]> {
    return this.database.query<SiteQueries[]>(SUMMARY, [now, trial ?? null, site ?? null, trials ?? null])
  }
}

const SUMMARY = `
  select trial, site, count(*) filter (where status = 'open')::integer as open,
         count(*) filter (where status = 'answered')::integer as answered,
         floor(extract(epoch from $1::timestamptz - min(raised_at)) / 86400)::integer as "oldestDays"
  from read.data_query
  where status in ('open', 'answered') and ($2::uuid is null or trial = $2)
    and ($3::text is null or site = $3) and ($4::uuid[] is null or trial = any ($4))
  group by trial, site
  order by min(raised_at), trial, site`
