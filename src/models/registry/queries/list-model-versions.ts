import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { ModelVersionRow } from '../model-version.row.js'

export interface ModelVersionFilter {
  model?: string
  status?: ModelVersionRow['status']
}

/** Versions that were proposed, in the order of their proposal. There are as many as there are cards: one page holds them. */
export class ListModelVersions extends Query<ModelVersionRow[]> {
  constructor(readonly filter: ModelVersionFilter = {}) {
    super()
  }
}

@QueryHandler(ListModelVersions)
export class ListModelVersionsHandler implements IQueryHandler<ListModelVersions> {
  constructor(@InjectRepository(ModelVersionRow) private readonly rows: Repository<ModelVersionRow>) {}

  execute({ filter }: ListModelVersions): Promise<ModelVersionRow[]> {
    return this.rows.find({ where: filter, order: { proposedPosition: 'ASC' } })
  }
}
