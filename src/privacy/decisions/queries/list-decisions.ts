import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { pageOf, type Page } from '../../queries/page.js'
import { DecisionRow } from '../decision.row.js'

export interface DecisionFilter {
  subject?: string
  run?: string
  status?: DecisionRow['status']
  /** The part of the collection that is open to the caller; without it, all of it. */
  scope?: { subject?: string; site?: string }
}

/** Decisions, the newest first. */
export class ListDecisions extends Query<Page<DecisionRow>> {
  constructor(
    readonly filter: DecisionFilter = {},
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

@QueryHandler(ListDecisions)
export class ListDecisionsHandler implements IQueryHandler<ListDecisions> {
  constructor(@InjectRepository(DecisionRow) private readonly rows: Repository<DecisionRow>) {}

  /** @throws InvalidRequest `cursor-invalid` */
  execute({ filter: { scope = {}, ...equal }, limit, cursor }: ListDecisions): Promise<Page<DecisionRow>> {
    const query = this.rows.createQueryBuilder('decision').where('true')
    for (const [column, value] of Object.entries(equal))
      if (value !== undefined) query.andWhere(`decision.${column} = :${column}`, { [column]: value })
    if (scope.subject !== undefined) query.andWhere('decision.subject = :own', { own: scope.subject })
    if (scope.site !== undefined)
      query.andWhere(
        'exists (select from read.twin t where t.subject = decision.subject and :site in (t.owner, t.controller))',
        { site: scope.site },
      )
    return pageOf(query, 'firstPosition', limit, cursor)
  }
}
