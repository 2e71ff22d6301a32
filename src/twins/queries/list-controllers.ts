import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { TwinRow } from '../twin.row.js'

/** Organisations that answer for the data of twins, in the order of their ids. */
export class ListControllers extends Query<string[]> {}

@QueryHandler(ListControllers)
export class ListControllersHandler implements IQueryHandler<ListControllers> {
  constructor(@InjectRepository(TwinRow) private readonly rows: Repository<TwinRow>) {}

  async execute(): Promise<string[]> {
    const rows = await this.rows
      .createQueryBuilder('twin')
      .select('distinct twin.controller', 'controller')
      .orderBy('twin.controller')
      .getRawMany<{ controller: string }>()
    return rows.map(({ controller }) => controller)
  }
}
