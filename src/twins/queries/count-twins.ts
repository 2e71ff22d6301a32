import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { TwinRow } from '../twin.row.js'
import { filtered, type TwinFilter } from './twin-filter.js'

export interface TwinCount {
  twins: number
  active: number
  withdrawn: number
  merged: number
  facts: number
  openFindings: number
}

/** How many twins there are, and how much they hold. */
export class CountTwins extends Query<TwinCount> {
  constructor(readonly filter: TwinFilter = {}) {
    super()
  }
}

@QueryHandler(CountTwins)
export class CountTwinsHandler implements IQueryHandler<CountTwins> {
  constructor(@InjectRepository(TwinRow) private readonly rows: Repository<TwinRow>) {}

  async execute({ filter }: CountTwins): Promise<TwinCount> {
    const query = filtered(this.rows.createQueryBuilder('twin').where('true'), filter)
      .select('count(*)', 'twins')
      .addSelect(`count(*) filter (where twin.status = 'active')`, 'active')
      .addSelect(`count(*) filter (where twin.status = 'withdrawn')`, 'withdrawn')
      .addSelect(`count(*) filter (where twin.status = 'merged')`, 'merged')
      .addSelect('coalesce(sum(twin.facts), 0)', 'facts')
      .addSelect('coalesce(sum(twin.openFindings), 0)', 'openFindings')
    const counts = (await query.getRawOne<Record<keyof TwinCount, string>>())!
    return Object.fromEntries(
      Object.entries(counts).map(([name, count]) => [name, Number(count)]),
    ) as unknown as TwinCount
  }
}
