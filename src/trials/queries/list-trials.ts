import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { TrialRow, TrialSiteRow } from '../trial.rows.js'
import { pageCursor, positionOfCursor } from '../../platform/http/page-cursor.js'

export interface TrialFilter {
  status?: TrialRow['status']
  /** The part of the collection that is open to the caller. */
  scope?: { trials?: readonly string[]; site?: string; org?: string }
}

export interface TrialPage {
  trials: TrialRow[]
  /** Where the next page starts; absent on the last one. */
  next?: string
}

/** Trials in the order of their registration, a page at a time. */
export class ListTrials extends Query<TrialPage> {
  constructor(
    readonly filter: TrialFilter = {},
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

@QueryHandler(ListTrials)
export class ListTrialsHandler implements IQueryHandler<ListTrials> {
  constructor(@InjectRepository(TrialRow) private readonly rows: Repository<TrialRow>) {}

  /** @throws InvalidRequest `cursor-invalid` */
  async execute({ filter, limit, cursor }: ListTrials): Promise<TrialPage> {
    const { trials, site, org } = filter.scope ?? {}
    const query = this.rows.createQueryBuilder('trial').where('true')
    if (filter.status !== undefined) query.andWhere('trial.status = :status', { status: filter.status })
    if (trials !== undefined) query.andWhere('trial.trial = any (:trials)', { trials })
    if (org !== undefined) query.andWhere('trial.sponsor = :org', { org })
    if (site !== undefined) {
      const atSite = query.subQuery().select('own.trial').from(TrialSiteRow, 'own').where('own.site = :site')
      query.andWhere(`trial.trial in ${atSite.getQuery()}`, { site })
    }
    if (cursor !== undefined) query.andWhere('trial.registeredPosition > :after', { after: positionOfCursor(cursor) })
    const found = await query
      .orderBy('trial.registeredPosition')
      .limit(limit + 1)
      .getMany()
    const page = found.slice(0, limit)
    return found.length > limit ? { trials: page, next: pageCursor(page.at(-1)!.registeredPosition) } : { trials: page }
  }
}
