import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { ConsentNoticeRow } from '../consent-notice.row.js'
import { publishedVersions, type PublishedVersion } from '../published-notice.js'

export type { PublishedVersion } from '../published-notice.js'

/** Every published version by notice, the newest first, without the texts. An organisation has some dozens: one answer holds them. */
export class ListPublishedNotices extends Query<PublishedVersion[]> {
  constructor(readonly filter: { notice?: string; standing?: PublishedVersion['standing'] } = {}) {
    super()
  }
}

@QueryHandler(ListPublishedNotices)
export class ListPublishedNoticesHandler implements IQueryHandler<ListPublishedNotices> {
  constructor(@InjectRepository(ConsentNoticeRow) private readonly rows: Repository<ConsentNoticeRow>) {}

  async execute({ filter: { notice, standing } }: ListPublishedNotices): Promise<PublishedVersion[]> {
    // Anybody may ask, and texts are long.
    const rows = await this.rows.find({
      select: { notice: true, outline: true },
      where: notice === undefined ? {} : { notice },
      order: { notice: 'ASC' },
    })
    const now = new Date().toISOString()
    return rows
      .flatMap(({ outline }) => publishedVersions(outline, now))
      .filter((version) => standing === undefined || version.standing === standing)
  }
}
