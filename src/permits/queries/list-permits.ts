import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import type { PermitStanding } from '../codes.js'
import { PermitRow } from '../permit.row.js'
import { permitView, type PermitView } from '../permit-view.js'

export type { PermitView } from '../permit-view.js'

export interface PermitFilter {
  standing?: PermitStanding
  /** Organisation of the data user. */
  user?: string
}

/** Data permits, the last registered or changed first. A service has some dozens of them: one answer holds them. */
export class ListPermits extends Query<PermitView[]> {
  constructor(readonly filter: PermitFilter = {}) {
    super()
  }
}

@QueryHandler(ListPermits)
export class ListPermitsHandler implements IQueryHandler<ListPermits> {
  constructor(@InjectRepository(PermitRow) private readonly rows: Repository<PermitRow>) {}

  async execute({ filter: { standing, user } }: ListPermits): Promise<PermitView[]> {
    const rows = await this.rows.find({ order: { position: 'DESC' } })
    const now = new Date().toISOString()
    return rows
      .map(({ permit, state, revision }) => permitView(permit, state, revision, now))
      .filter(
        (view) => (standing === undefined || view.standing === standing) && (user === undefined || view.user === user),
      )
  }
}
