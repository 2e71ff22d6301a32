import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { AuditEntryRow } from '../audit-entry.row.js'

/** How many events of the log about a person hold codes in clear text, by type: destroying keys leaves them as they are. */
export class CountClearEvents extends Query<{ type: string; events: number }[]> {
  constructor(
    readonly subject: string,
    /** Exclusive. */
    readonly below: number,
  ) {
    super()
  }
}

@QueryHandler(CountClearEvents)
export class CountClearEventsHandler implements IQueryHandler<CountClearEvents> {
  constructor(@InjectRepository(AuditEntryRow) private readonly rows: Repository<AuditEntryRow>) {}

  execute({ subject, below }: CountClearEvents): Promise<{ type: string; events: number }[]> {
    return this.rows
      .createQueryBuilder('entry')
      .select('entry.type', 'type')
      .addSelect('count(*)::int', 'events')
      .where('entry.subject = :subject and entry.position < :below and not entry.sealed', { subject, below })
      .groupBy('entry.type')
      .orderBy('entry.type')
      .getRawMany<{ type: string; events: number }>()
  }
}
