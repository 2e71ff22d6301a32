import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { In, Repository } from 'typeorm'
import { DataQueryRow } from '../data-query.row.js'

/** The ids of a trial's data queries that have neither been closed nor cancelled, the oldest first. */
export class OpenDataQueries extends Query<string[]> {
  constructor(readonly trial: string) {
    super()
  }
}

@QueryHandler(OpenDataQueries)
export class OpenDataQueriesHandler implements IQueryHandler<OpenDataQueries> {
  constructor(@InjectRepository(DataQueryRow) private readonly rows: Repository<DataQueryRow>) {}

  async execute({ trial }: OpenDataQueries): Promise<string[]> {
    const found = await this.rows.find({
      select: { query: true },
      where: { trial, status: In(['open', 'answered']) },
      order: { raisedPosition: 'ASC' },
    })
    return found.map(({ query }) => query)
  }
}
