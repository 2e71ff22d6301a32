import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { pageCursor, positionOfCursor } from '../../platform/http/page-cursor.js'
import { ListPublishedNotices } from '../../notices/queries/list-published-notices.js'
import { ConsentRow } from '../consent.row.js'

/** A consent in force whose person was told by another version of the notice. */
export interface OutdatedNotice {
  subject: string
  consent: string
  controller: string
  notice: string
  /** Under which the person consented, and the language they were told in. */
  version: string
  language: string
  givenAt: Date | null
  /** What is valid now, and in which of its languages to tell: theirs, or the nearest; null where there is none. */
  valid: { version: string; language: string | null }
}

export interface OutdatedNoticePage {
  consents: OutdatedNotice[]
  /** Where the next page starts; absent on the last one. */
  next?: string
}

/**
 * Whom a changed notice has to reach again (GDPR Art 13(3), 14(4)), in the order of their consents: for every notice, or one, the
 * version in force; or a version that is named.
 */
export class ListOutdatedNotices extends Query<OutdatedNoticePage> {
  constructor(
    readonly notice: { id?: string; version?: string },
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

/** By id of the notice. */
type ValidVersions = ReadonlyMap<string, { version: string; languages: readonly string[] }>

@QueryHandler(ListOutdatedNotices)
export class ListOutdatedNoticesHandler implements IQueryHandler<ListOutdatedNotices> {
  constructor(
    @InjectRepository(ConsentRow) private readonly rows: Repository<ConsentRow>,
    private readonly queries: QueryBus,
  ) {}

  /** @throws InvalidRequest `cursor-invalid` */
  async execute({ notice, limit, cursor }: ListOutdatedNotices): Promise<OutdatedNoticePage> {
    const after = cursor === undefined ? -1 : positionOfCursor(cursor)
    const valid = await this.validVersions(notice)
    const found = await this.rows
      .createQueryBuilder('consent')
      .where(
        `exists (select 1 from unnest(cast(:ids as text[]), cast(:versions as text[])) as valid(id, version)
                  where valid.id = consent.notice_id and valid.version <> consent.notice_version)`,
        { ids: [...valid.keys()], versions: [...valid.values()].map(({ version }) => version) },
      )
      .andWhere("consent.status = 'given' and (consent.expiresAt is null or consent.expiresAt > now())")
      .andWhere('consent.firstPosition > :after', { after })
      .orderBy('consent.firstPosition')
      .limit(limit + 1)
      .getMany()
    const page = found.slice(0, limit)
    const consents = page.map((row) => outdated(row, valid))
    return found.length > limit ? { consents, next: pageCursor(page.at(-1)!.firstPosition) } : { consents }
  }

  private async validVersions({ id, version }: ListOutdatedNotices['notice']): Promise<ValidVersions> {
    const published = await this.queries.execute(new ListPublishedNotices({ notice: id }))
    const languagesOf = (texts: readonly { language: string }[]) => texts.map(({ language }) => language)
    if (id !== undefined && version !== undefined) {
      const named = published.find((known) => known.version === version)
      return new Map([[id, { version, languages: languagesOf(named?.texts ?? []) }]])
    }
    const inForce = published.filter(({ standing }) => standing === 'in-force')
    return new Map(
      inForce.map((known) => [known.notice, { version: known.version, languages: languagesOf(known.texts) }]),
    )
  }
}

function outdated(row: ConsentRow, valid: ValidVersions): OutdatedNotice {
  const { subject, consent, controller, noticeId: notice, noticeVersion, noticeLanguage, givenAt } = row
  const { version, languages } = valid.get(notice)!
  return {
    ...{ subject, consent, controller, notice, version: noticeVersion, language: noticeLanguage, givenAt },
    valid: { version, language: nearest(noticeLanguage, languages) },
  }
}

/** The language itself, or another form of it, such as `de` for `de-CH`. */
function nearest(language: string, offered: readonly string[]): string | null {
  const [primary] = language.split('-')
  return offered.find((each) => each === language) ?? offered.find((each) => each.split('-')[0] === primary) ?? null
}
