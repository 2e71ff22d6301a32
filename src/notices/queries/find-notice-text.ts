import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { NoticeBook } from '../notice-book.js'
import { publishedText, type PublishedNoticeText } from '../published-notice.js'

export type { PublishedNoticeText } from '../published-notice.js'

/** One published text from the log itself, held against what the log commits to; undefined when nothing is published under this name. */
export class FindNoticeText extends Query<PublishedNoticeText | undefined> {
  constructor(readonly named: { notice: string; version: string; language: string }) {
    super()
  }
}

@QueryHandler(FindNoticeText)
export class FindNoticeTextHandler implements IQueryHandler<FindNoticeText> {
  constructor(private readonly book: NoticeBook) {}

  async execute({ named: { notice, ...text } }: FindNoticeText): Promise<PublishedNoticeText | undefined> {
    return publishedText(await this.book.read(notice), text, new Date().toISOString())
  }
}
