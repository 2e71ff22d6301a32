import { Inject, Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import type { CommandContext } from '../journal/command-context.js'
import { EventCatalogue } from '../journal/event-catalogue.js'
import { EVENT_STORE } from '../journal/journal.tokens.js'
import type { EventStore } from '../ledger/event-store.js'
import { EnrolmentCodes } from '../trials/queries/enrolment-codes.js'
import { AuditEntryRow } from './audit-entry.row.js'
import { filtered, type AuditFilter, type AuditScope } from './audit-filter.js'
import { readInOrder, type AuditOrder, type Place } from './audit-order.js'
import { SignaturesOn } from '../signatures/queries/signatures-on.js'
import { byEntry } from './entry-signatures.js'
import { inLog } from './in-log.js'
import { shownEntry, type ShownEntry } from './shown-entry.js'
import { SubjectSiteRow } from './subject-site.row.js'

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
  async read(
    filter: AuditFilter,
    scope: AuditScope,
    page: { order: AuditOrder; limit: number; after?: Place },
  ): Promise<AuditEntryRow[]> {
    const bounded = await this.withPositionsOfTimes(filter)
    return readInOrder(() => this.query(bounded, scope), page.order, page.limit, page.after)
  }

  async count(filter: AuditFilter, scope: AuditScope): Promise<number> {
    return this.query(await this.withPositionsOfTimes(filter), scope).getCount()
  }

  /** How many of the entries are about each person whose record another organisation than this one holds. */
  async countOfSubjects(
    filter: AuditFilter,
    scope: AuditScope,
    org: string,
  ): Promise<{ subject: string; count: number }[]> {
    const query = this.query(await this.withPositionsOfTimes(filter), scope)
    const own = query.subQuery().select('own.subject').from(SubjectSiteRow, 'own').where('own.site = :org', { org })
    return query
      .andWhere(`entry.subject is not null and entry.subject not in ${own.getQuery()}`)
      .setParameter('org', org)
      .select('entry.subject', 'subject')
      .addSelect('count(*)::int', 'count')
      .groupBy('entry.subject')
      .getRawMany<{ subject: string; count: number }>()
  }

  /**
   * The rows as this reader sees them, with what the ledger itself says of each. Showing who signed is recorded.
   *
   * @throws IntegrityError `audit-trail-not-in-log`: a row of the read model has no event
   */
  async shown(
    context: CommandContext,
    rows: readonly AuditEntryRow[],
    scope: Pick<AuditScope, 'minimisation' | 'veiled' | 'untold'>,
  ): Promise<ShownEntry[]> {
    const [events, codes, signatures] = await Promise.all([
      this.store.find(rows.map(({ eventId }) => eventId)),
      this.enrolmentCodes(rows, scope),
      this.signatures(context, rows, scope),
    ])
    const byPosition = new Map(events.map((event) => [event.position, event]))
    const showing = { scope, catalogue: this.catalogue, signatures }
    return rows.map((row, index) => shownEntry(row, inLog(byPosition, row.position), codes[index] ?? null, showing))
  }

  /**
   * Time in the log never runs backwards, so a span of time is a span of positions: said so, every index that ends with the
   * position is entered at the right place instead of being walked through from its end.
   */
  private async withPositionsOfTimes(filter: AuditFilter): Promise<AuditFilter> {
    const { from, to, fromPosition = 0, toPosition } = filter
    if (from === undefined && to === undefined) return filter
    const [first, end] = await Promise.all([this.firstAt(from), this.firstAt(to)])
    if (from !== undefined && first === undefined) return { ...filter, toPosition: 0 }
    const ends = [toPosition, end].filter((position) => position !== undefined)
    return {
      ...filter,
      fromPosition: Math.max(fromPosition, first ?? 0),
      ...(ends.length > 0 && { toPosition: Math.min(...ends) }),
    }
  }

  /** Position of the first entry recorded at or after a time; undefined when there is none. */
  private async firstAt(time: string | undefined): Promise<number | undefined> {
    if (time === undefined) return undefined
    const first = this.rows.createQueryBuilder('entry').where('entry.recordedAt >= :time', { time })
    const row = await first.orderBy('entry.recordedAt').addOrderBy('entry.position').limit(1).getOne()
    return row?.position
  }

  private query(filter: AuditFilter, scope: AuditScope) {
    return filtered(this.rows.createQueryBuilder('entry').where('true'), filter, scope)
  }

  private async signatures(
    context: CommandContext,
    rows: readonly AuditEntryRow[],
    { minimisation }: Pick<AuditScope, 'minimisation'>,
  ) {
    const positions = minimisation === 'headers' ? [] : rows.map(({ position }) => position)
    return byEntry(positions.length > 0 ? await this.queries.execute(new SignaturesOn(context, { positions })) : [])
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
