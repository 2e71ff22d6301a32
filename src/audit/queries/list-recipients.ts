import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { AuditEntryRow } from '../audit-entry.row.js'

/** An organisation that was shown values of a person. */
export interface Recipient {
  recipient: string
  /** Roles in which it looked. */
  roles: string[]
  /** How often, first and last. RFC 3339. */
  disclosures: number
  first: string
  last: string
}

/**
 * The organisations a person's values were shown to, from the record of reads. Authorities that inspect are no recipients (GDPR
 * Art 4(9)); who answers for the data is the caller's to leave out.
 */
export class ListRecipients extends Query<Recipient[]> {
  constructor(readonly subject: string) {
    super()
  }
}

@QueryHandler(ListRecipients)
export class ListRecipientsHandler implements IQueryHandler<ListRecipients> {
  constructor(@InjectRepository(AuditEntryRow) private readonly rows: Repository<AuditEntryRow>) {}

  async execute({ subject }: ListRecipients): Promise<Recipient[]> {
    const rows = await this.rows
      .createQueryBuilder('entry')
      .select('entry.actor_org', 'recipient')
      .addSelect('array_agg(distinct entry.actor_role)', 'roles')
      .addSelect('count(*)::int', 'disclosures')
      .addSelect('min(entry.recorded_at)', 'first')
      .addSelect('max(entry.recorded_at)', 'last')
      .where('entry.subject = :subject', { subject })
      .andWhere(
        "entry.type = 'access.values-opened' and entry.actor_org is not null and entry.actor_role <> 'regulator'",
      )
      .groupBy('entry.actor_org')
      .orderBy('entry.actor_org')
      .getRawMany<Omit<Recipient, 'first' | 'last'> & { first: Date; last: Date }>()
    return rows.map((row) => ({ ...row, first: row.first.toISOString(), last: row.last.toISOString() }))
  }
}
