import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectDataSource } from '@nestjs/typeorm'
import { DataSource } from 'typeorm'
import { InvalidRequest } from '../../platform/errors.js'
import type { Notice } from './list-notices.js'
import type { Page } from './page.js'

/** A notice as a recipient reads it that knows people by other names in each trial. */
export interface NoticeInTrial extends Omit<Notice, 'position'> {
  /** Null: in research outside of trials. */
  trial: string | null
  /** The person's code in the trial. */
  code: string | null
}

/**
 * Notices to an organisation, once for each of these trials that the person was in: the latest day first, and within a day in an
 * order that sets no two notices about one person beside each other.
 */
export class ListNoticesByTrial extends Query<Page<NoticeInTrial>> {
  constructor(
    readonly recipient: string,
    /** `research`: whether the reader knows people outside of trials too. */
    readonly known: { trials: readonly string[]; research: boolean },
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

interface Row extends NoticeInTrial {
  place: string
}

/** The day, and what the rows of a day are ordered by. */
const PLACE = /^\d{4}-\d\d-\d\d [0-9a-f]{32}$/
const BEFORE_ALL = '9999-12-31 ffffffffffffffffffffffffffffffff'

@QueryHandler(ListNoticesByTrial)
export class ListNoticesByTrialHandler implements IQueryHandler<ListNoticesByTrial> {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** @throws InvalidRequest `cursor-invalid` */
  async execute({ recipient, known, limit, cursor = BEFORE_ALL }: ListNoticesByTrial): Promise<Page<NoticeInTrial>> {
    if (!PLACE.test(cursor)) throw new InvalidRequest('cursor-invalid', 'The cursor is not one of this list.')
    const { trials, research } = known
    const rows = await this.database.query<Row[]>(NOTICES, [recipient, trials, research, cursor, limit + 1])
    const items = rows.slice(0, limit).map(({ place: _place, ...notice }) => notice)
    return rows.length > limit ? { items, next: rows[limit - 1]!.place } : { items }
  }
}

const NOTICES = `
  select * from (
    select notice.notice, notice.recipient, notice.erasure, notice.twins, notice.classes, place.trial, place.code,
           notice.recorded_at as "recordedAt",
           to_char(notice.recorded_at at time zone 'UTC', 'YYYY-MM-DD ') ||
             md5(notice.notice::text || coalesce(place.trial::text, '')) as place
    from read.recipient_notice as notice
    cross join lateral (
      select trial, code from read.enrolment where subject = notice.subject and trial = any ($2::uuid[])
      union all select null, null where $3
    ) as place
    where notice.recipient = $1
  ) as told
  where place collate "C" < $4 order by place collate "C" desc limit $5`
