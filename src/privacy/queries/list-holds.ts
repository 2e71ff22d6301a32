import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { LegalHoldRow } from '../privacy.rows.js'
import { pageOf, type Page } from './page.js'

/** Legal holds, the newest first. */
export class ListHolds extends Query<Page<LegalHoldRow>> {
  constructor(
    readonly filter: { subject?: string; inForce?: boolean } = {},
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

@QueryHandler(ListHolds)
export class ListHoldsHandler implements IQueryHandler<ListHolds> {
  constructor(@InjectRepository(LegalHoldRow) private readonly rows: Repository<LegalHoldRow>) {}

  /** @throws InvalidRequest `cursor-invalid` */
  execute({ filter: { subject, inForce }, limit, cursor }: ListHolds): Promise<Page<LegalHoldRow>> {
    const query = this.rows.createQueryBuilder('hold').where('true')
    if (subject !== undefined) query.andWhere('hold.subject = :subject', { subject })
    if (inForce === true) query.andWhere('hold.endedAt is null')
    return pageOf(query, 'firstPosition', limit, cursor)
  }
}
