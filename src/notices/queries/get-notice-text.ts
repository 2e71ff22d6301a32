import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { NotFound } from '../../platform/errors.js'
import { ConsentNoticeRow } from '../consent-notice.row.js'
import { publishedText, type PublishedNoticeText } from '../published-notice.js'

export type { PublishedNoticeText } from '../published-notice.js'

/** A published text as people were and are shown it, superseded and withdrawn ones too. */
export class GetNoticeText extends Query<PublishedNoticeText> {
  constructor(readonly named: { notice: string; version: string; language: string }) {
    super()
  }
}

@QueryHandler(GetNoticeText)
export class GetNoticeTextHandler implements IQueryHandler<GetNoticeText> {
  constructor(@InjectRepository(ConsentNoticeRow) private readonly rows: Repository<ConsentNoticeRow>) {}

  /** @throws NotFound `consent-notice-text-not-found`: nothing is published under this name */
  async execute({ named: { notice, ...text } }: GetNoticeText): Promise<PublishedNoticeText> {
    const row = await this.rows.findOneBy({ notice })
    const found = row && publishedText(row.state, text, new Date().toISOString())
    if (!found) throw new NotFound('consent-notice-text-not-found', 'There is no such published text of a notice.')
    return found
  }
}
