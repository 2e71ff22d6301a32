import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { AuditEntryRow } from '../audit-entry.row.js'

/** Where an event about a person lies. */
export type SubjectEvent = Pick<AuditEntryRow, 'position' | 'eventId'>

/** The events of the log that concern a person, in order, a page at a time. */
export class ListSubjectEvents extends Query<SubjectEvent[]> {
  constructor(
    readonly subject: string,
    readonly page: { after: number; below: number; limit: number },
  ) {
    super()
  }
}

@QueryHandler(ListSubjectEvents)
export class ListSubjectEventsHandler implements IQueryHandler<ListSubjectEvents> {
  constructor(@InjectRepository(AuditEntryRow) private readonly rows: Repository<AuditEntryRow>) {}

  execute({ subject, page: { after, below, limit } }: ListSubjectEvents): Promise<SubjectEvent[]> {
    return this.rows
      .createQueryBuilder('entry')
      .select(['entry.position', 'entry.eventId'])
      .where('entry.subject = :subject and entry.position > :after and entry.position < :below', {
        subject,
        after,
        below,
      })
      .orderBy('entry.position')
      .limit(limit)
      .getMany()
  }
}
