import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { EnrolmentRow } from '../trial.rows.js'
import { pageCursor, positionOfCursor } from '../../platform/http/page-cursor.js'

export interface EnrolmentFilter {
  status?: EnrolmentRow['status']
  site?: string
  /** Narrows to one person: for those who may see their own enrolment only. */
  subject?: string
}

/** An enrolment as readers of a trial see it: the code, never the person's id. */
export type ShownEnrolment = Omit<EnrolmentRow, 'subject' | 'trial'>

export interface EnrolmentPage {
  enrolments: ShownEnrolment[]
  /** Where the next page starts; absent on the last one. */
  next?: string
}

/** Who is in a trial, under their codes, in the order of enrolment, a page at a time. */
export class ListEnrolments extends Query<EnrolmentPage> {
  constructor(
    readonly trial: string,
    readonly filter: EnrolmentFilter = {},
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

@QueryHandler(ListEnrolments)
export class ListEnrolmentsHandler implements IQueryHandler<ListEnrolments> {
  constructor(@InjectRepository(EnrolmentRow) private readonly rows: Repository<EnrolmentRow>) {}

  /** @throws InvalidRequest `cursor-invalid` */
  async execute({ trial, filter, limit, cursor }: ListEnrolments): Promise<EnrolmentPage> {
    const query = this.rows.createQueryBuilder('enrolment').where('enrolment.trial = :trial', { trial })
    for (const field of ['status', 'site', 'subject'] as const) {
      if (filter[field] !== undefined) query.andWhere(`enrolment.${field} = :${field}`, { [field]: filter[field] })
    }
    if (cursor !== undefined) query.andWhere('enrolment.position > :after', { after: positionOfCursor(cursor) })
    const found = await query
      .orderBy('enrolment.position')
      .limit(limit + 1)
      .getMany()
    const enrolments = found.slice(0, limit).map(({ subject: _subject, trial: _trial, ...shown }) => shown)
    return found.length > limit ? { enrolments, next: pageCursor(enrolments.at(-1)!.position) } : { enrolments }
  }
}
