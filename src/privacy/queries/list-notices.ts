import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { RecipientNoticeRow } from '../privacy.rows.js'
import { pageOf, type Page } from './page.js'

/** What an organisation must erase too, because a person whose data it was shown was forgotten. The subject's id stays out. */
export type Notice = Omit<RecipientNoticeRow, 'subject'>

/** Notices, the newest first. */
export class ListNotices extends Query<Page<Notice>> {
  constructor(
    readonly filter: { recipient?: string; erasure?: string } = {},
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

@QueryHandler(ListNotices)
export class ListNoticesHandler implements IQueryHandler<ListNotices> {
  constructor(@InjectRepository(RecipientNoticeRow) private readonly rows: Repository<RecipientNoticeRow>) {}

  /** @throws InvalidRequest `cursor-invalid` */
  async execute({ filter: { recipient, erasure }, limit, cursor }: ListNotices): Promise<Page<Notice>> {
    const query = this.rows.createQueryBuilder('notice').where('true')
    if (recipient !== undefined) query.andWhere('notice.recipient = :recipient', { recipient })
    if (erasure !== undefined) query.andWhere('notice.erasure = :erasure', { erasure })
    const { items, ...more } = await pageOf(query, 'position', limit, cursor)
    return { items: items.map(({ subject: _subject, ...notice }) => notice), ...more }
  }
}
