import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import type { NoticeStanding } from '../codes.js'
import type { NoticeVersion } from '../consent-notice.js'
import { ConsentNoticeRow } from '../consent-notice.row.js'
import { standingOf } from '../standing.js'

/** A notice as those see it who answer for it: drafts, authors and judgements included. */
export interface RegisteredNotice {
  notice: string
  versions: (NoticeVersion & { standing: NoticeStanding })[]
  /** For `If-Match`. */
  revision: number
}

/** All notices by id, with their texts; or one. */
export class ListNoticeRegister extends Query<RegisteredNotice[]> {
  constructor(readonly notice?: string) {
    super()
  }
}

@QueryHandler(ListNoticeRegister)
export class ListNoticeRegisterHandler implements IQueryHandler<ListNoticeRegister> {
  constructor(@InjectRepository(ConsentNoticeRow) private readonly rows: Repository<ConsentNoticeRow>) {}

  async execute({ notice }: ListNoticeRegister): Promise<RegisteredNotice[]> {
    const rows = await this.rows.find({ where: notice === undefined ? {} : { notice }, order: { notice: 'ASC' } })
    const now = new Date().toISOString()
    return rows.map(({ notice, state: { versions }, revision }) => ({
      notice,
      versions: versions.map((version) => ({ ...version, standing: standingOf(versions, version, now) })),
      revision,
    }))
  }
}
