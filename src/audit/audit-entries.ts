import { Inject, Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { EventCatalogue } from '../journal/event-catalogue.js'
import { EVENT_STORE } from '../journal/journal.tokens.js'
import type { EventStore } from '../ledger/event-store.js'
import { IntegrityError } from '../platform/errors.js'
import { EnrolmentCodes } from '../trials/queries/enrolment-codes.js'
import { AuditEntryRow } from './audit-entry.row.js'
import { filtered, type AuditFilter, type AuditScope } from './audit-filter.js'
import { readInOrder, type AuditOrder, type Place } from './audit-order.js'
import { shownEntry, type ShownEntry } from './shown-entry.js'

/** Reads lines of the trail and makes them readable for those who may see them. */
@Injectable()
export class AuditEntries {
  constructor(
    @InjectRepository(AuditEntryRow) private readonly rows: Repository<AuditEntryRow>,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly catalogue: EventCatalogue,
    private readonly queries: QueryBus,
  ) {}

  /** Up to `limit` rows behind `after`, of those that match and that the scope opens. */
  read(
    filter: AuditFilter,
    scope: AuditScope,
    page: { order: AuditOrder; limit: number; after?: Place },
  ): Promise<AuditEntryRow[]> {
    return readInOrder(() => this.query(filter, scope), page.order, page.limit, page.after)
  }

  count(filter: AuditFilter, scope: AuditScope): Promise<number> {
    return this.query(filter, scope).getCount()
  }

  /**
   * The rows as this reader sees them, with what the ledger itself says of each.
   *
   * @throws IntegrityError `audit-trail-not-in-log`: a row of the read model has no event
   */
  async shown(rows: readonly AuditEntryRow[], scope: Pick<AuditScope, 'minimisation' | 'veiled'>) {
    const [events, codes] = await Promise.all([
      this.store.find(rows.map(({ eventId }) => eventId)),
      this.enrolmentCodes(rows, scope),
    ])
    const byPosition = new Map(events.map((event) => [event.position, event]))
    const showing = { scope, catalogue: this.catalogue }
    return rows.map((row, index): ShownEntry => {
      const event = byPosition.get(row.position)
      if (!event)
        throw new IntegrityError('audit-trail-not-in-log', 'The audit trail shows what the log does not have.', {
          position: row.position,
        })
      return shownEntry(row, event, codes[index] ?? null, showing)
    })
  }

  private query(filter: AuditFilter, scope: AuditScope) {
    return filtered(this.rows.createQueryBuilder('entry').where('true'), filter, scope)
  }

  private async enrolmentCodes(
    rows: readonly AuditEntryRow[],
    { veiled }: Pick<AuditScope, 'veiled'>,
  ): Promise<(string | null)[]> {
    if (!veiled) return []
    const inTrial = rows.map(({ trial, subject }) => (trial !== null && subject !== null ? { trial, subject } : null))
    const asked = inTrial.filter((participation) => participation !== null)
    const codes = asked.length > 0 ? await this.queries.execute(new EnrolmentCodes(asked)) : []
    let next = 0
    return inTrial.map((participation) => (participation ? (codes[next++] ?? null) : null))
  }
}
