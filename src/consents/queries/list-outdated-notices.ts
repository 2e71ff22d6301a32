import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { ConsentRow } from '../consent.row.js'

/** A consent in force whose person was told by another version of the notice. */
export interface OutdatedNotice {
  subject: string
  consent: string
  controller: string
  version: string
  language: string
  givenAt: Date | null
  /** Of the consent's first event: where the next page starts. */
  position: number
}

/** Whom a changed notice has to reach again (GDPR Art 13(3), 14(4)), in the order of their consents. */
export class ListOutdatedNotices extends Query<OutdatedNotice[]> {
  constructor(
    /** `version`: the one that is valid now. */
    readonly notice: { id: string; version: string },
    /** 1 to 500. */
    readonly limit = 50,
    /** `position` of the last one seen. */
    readonly after = -1,
  ) {
    super()
  }
}

@QueryHandler(ListOutdatedNotices)
export class ListOutdatedNoticesHandler implements IQueryHandler<ListOutdatedNotices> {
  constructor(@InjectRepository(ConsentRow) private readonly rows: Repository<ConsentRow>) {}

  async execute({ notice: { id, version }, limit, after }: ListOutdatedNotices): Promise<OutdatedNotice[]> {
    const found = await this.rows
      .createQueryBuilder('consent')
      .where('consent.noticeId = :id and consent.noticeVersion <> :version', { id, version })
      .andWhere("consent.status = 'given' and (consent.expiresAt is null or consent.expiresAt > now())")
      .andWhere('consent.firstPosition > :after', { after })
      .orderBy('consent.firstPosition')
      .limit(limit)
      .getMany()
    return found.map(({ subject, consent, controller, noticeVersion, noticeLanguage, givenAt, firstPosition }) => ({
      ...{ subject, consent, controller, version: noticeVersion, language: noticeLanguage, givenAt },
      position: firstPosition,
    }))
  }
}
