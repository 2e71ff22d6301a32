import { Inject } from '@nestjs/common'
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { EVENT_STORE } from '../../journal/journal.tokens.js'
import type { EventStore } from '../../ledger/event-store.js'
import { DerivedSecrets } from '../../vault/derived-secrets.js'
import { requirePast } from '../as-of.js'
import { decodeCursor, encodeCursor } from '../audit-cursor.js'
import { AuditEntries } from '../audit-entries.js'
import { requireShownFields, type AuditFilter, type AuditScope } from '../audit-filter.js'
import { placeOf, type AuditOrder } from '../audit-order.js'
import type { ShownEntry } from '../shown-entry.js'

export interface AuditPage {
  entries: ShownEntry[]
  /** Where the next page starts; absent on the last one. */
  next?: string
  /** How many entries match; only when asked for, because counting costs what reading them all does. */
  total?: number
}

export interface AuditListing {
  filter: AuditFilter
  scope: AuditScope
  order: AuditOrder
  /** 1 to 500. */
  limit: number
  cursor?: string
  withTotal?: boolean
}

/** A page of the audit trail, in any order. Headers, codes and plain sentences: no sealed value is opened. */
export class ListAuditEntries extends Query<AuditPage> {
  constructor(
    /** Of the caller: a cursor is good for nobody else. */
    readonly context: CommandContext,
    readonly listing: AuditListing,
  ) {
    super()
  }
}

@QueryHandler(ListAuditEntries)
export class ListAuditEntriesHandler implements IQueryHandler<ListAuditEntries> {
  constructor(
    private readonly entries: AuditEntries,
    private readonly secrets: DerivedSecrets,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /**
   * @throws InvalidRequest `cursor-invalid`, `position-in-future`
   * @throws Forbidden `audit-field-withheld`
   */
  async execute({ context, listing }: ListAuditEntries): Promise<AuditPage> {
    const { filter, scope, order, limit, cursor, withTotal } = listing
    requireShownFields(scope, Object.keys(filter), order.by)
    await requirePast(this.store, filter.asOfPosition)
    const boundTo = { reader: context.actor.id, filter, scope, order }
    const after = cursor === undefined ? undefined : decodeCursor(this.secrets, boundTo, cursor)
    const found = await this.entries.read(filter, scope, { order, limit: limit + 1, after })
    const rows = found.slice(0, limit)
    return {
      entries: await this.entries.shown(context, rows, scope),
      ...(found.length > limit && { next: encodeCursor(this.secrets, boundTo, placeOf(rows.at(-1)!, order)) }),
      ...(withTotal && { total: await this.entries.count(filter, scope) }),
    }
  }
}
