import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import type { ErasureStatus } from '../forgetting/forgetting-state.js'
import { ErasureRow } from '../privacy.rows.js'
import { pageOf, type Page } from './page.js'

/** Erasures, the newest first. */
export class ListErasures extends Query<Page<ErasureRow>> {
  constructor(
    readonly filter: { subject?: string; status?: ErasureStatus } = {},
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

@QueryHandler(ListErasures)
export class ListErasuresHandler implements IQueryHandler<ListErasures> {
  constructor(@InjectRepository(ErasureRow) private readonly rows: Repository<ErasureRow>) {}

  /** @throws InvalidRequest `cursor-invalid` */
  execute({ filter: { subject, status }, limit, cursor }: ListErasures): Promise<Page<ErasureRow>> {
    const query = this.rows.createQueryBuilder('erasure').where('true')
    if (subject !== undefined) query.andWhere('erasure.subject = :subject', { subject })
    if (status !== undefined) query.andWhere('erasure.status = :status', { status })
    return pageOf(query, 'firstPosition', limit, cursor)
  }
}
