import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { NoticeBook } from '../notice-book.js'
import { publishedVersions, type PublishedVersion } from '../published-notice.js'

export type { PublishedVersion } from '../published-notice.js'
export { NOTICE_LANGUAGE } from '../notice-text.js'
export { standingOf } from '../standing.js'

/**
 * The published versions of a notice from the log itself, for deciding under which of them somebody consents; empty for a notice that
 * is not published. Lists are asked of ListPublishedNotices.
 */
export class FindNotice extends Query<PublishedVersion[]> {
  constructor(readonly notice: string) {
    super()
  }
}

@QueryHandler(FindNotice)
export class FindNoticeHandler implements IQueryHandler<FindNotice> {
  constructor(private readonly book: NoticeBook) {}

  async execute({ notice }: FindNotice): Promise<PublishedVersion[]> {
    return publishedVersions(await this.book.read(notice), new Date().toISOString())
  }
}
