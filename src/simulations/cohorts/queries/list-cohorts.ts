import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { InvalidRequest } from '../../../platform/errors.js'
import type { CohortStatus } from '../cohort.js'
import { CohortRow } from '../cohort.row.js'

export interface CohortFilter {
  status?: CohortStatus
  model?: string
  /** The part of the collection that is open to the caller; without it, all of it. */
  scope?: { actor?: string; trials?: readonly string[] }
}

export interface CohortPage {
  cohorts: CohortRow[]
  /** Where the next page starts; absent on the last one. */
  next?: string
}

/** Cohorts, newest first, a page at a time. */
export class ListCohorts extends Query<CohortPage> {
  constructor(
    readonly filter: CohortFilter = {},
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

@QueryHandler(ListCohorts)
export class ListCohortsHandler implements IQueryHandler<ListCohorts> {
  constructor(@InjectRepository(CohortRow) private readonly rows: Repository<CohortRow>) {}

  /** @throws InvalidRequest `cursor-invalid` */
  async execute({ filter, limit, cursor }: ListCohorts): Promise<CohortPage> {
    const query = this.rows.createQueryBuilder('cohort').where('true')
    const { status, model, scope: { actor, trials } = {} } = filter
    if (status !== undefined) query.andWhere('cohort.status = :status', { status })
    if (model !== undefined) query.andWhere('cohort.model = :model', { model })
    if (actor !== undefined) query.andWhere('cohort.actor = :actor', { actor })
    if (trials !== undefined) query.andWhere('cohort.trial = any(:trials)', { trials })
    if (cursor !== undefined) query.andWhere('cohort.requestedPosition < :before', { before: positionOf(cursor) })
    const found = await query
      .orderBy('cohort.requestedPosition', 'DESC')
      .limit(limit + 1)
      .getMany()
    const cohorts = found.slice(0, limit)
    return found.length > limit ? { cohorts, next: cursorAt(cohorts.at(-1)!.requestedPosition) } : { cohorts }
  }
}

function cursorAt(position: number): string {
  return Buffer.from(`c${position}`).toString('base64url')
}

function positionOf(cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString('latin1')
  if (!/^c\d{1,15}$/.test(text))
    throw new InvalidRequest('cursor-invalid', 'The cursor is not one of a page of cohorts.')
  return Number(text.slice(1))
}
