import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { AuditEntryRow } from '../audit-entry.row.js'

/** How many events of the log concern a person. */
export class CountSubjectEvents extends Query<number> {
  constructor(readonly subject: string) {
    super()
  }
}

@QueryHandler(CountSubjectEvents)
export class CountSubjectEventsHandler implements IQueryHandler<CountSubjectEvents> {
  constructor(@InjectRepository(AuditEntryRow) private readonly rows: Repository<AuditEntryRow>) {}

  execute({ subject }: CountSubjectEvents): Promise<number> {
    return this.rows.countBy({ subject })
  }
}
