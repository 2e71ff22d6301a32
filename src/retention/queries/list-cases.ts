import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { pageOf, type Page } from '../../privacy/queries/page.js'
import type { CaseStatus } from '../retention-case.js'
import { RetentionCaseRow } from '../retention-case.row.js'

/** What is due, what a legal hold keeps, and what was decided; the newest first. */
export class ListRetentionCases extends Query<Page<RetentionCaseRow>> {
  constructor(
    readonly filter: { status?: CaseStatus } = {},
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

@QueryHandler(ListRetentionCases)
export class ListRetentionCasesHandler implements IQueryHandler<ListRetentionCases> {
  constructor(@InjectRepository(RetentionCaseRow) private readonly rows: Repository<RetentionCaseRow>) {}

  /** @throws InvalidRequest `cursor-invalid` */
  execute({ filter: { status }, limit, cursor }: ListRetentionCases): Promise<Page<RetentionCaseRow>> {
    const query = this.rows.createQueryBuilder('expired').where('true')
    if (status !== undefined) query.andWhere('expired.status = :status', { status })
    return pageOf(query, 'firstPosition', limit, cursor)
  }
}
