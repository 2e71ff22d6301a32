import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import type { AdvanceStatus } from '../advance.js'
import { AdvanceRow } from '../advance.row.js'
import { advanceView, type AdvanceView } from '../advance-view.js'
import { Advances } from '../advances.js'
import type { AdvanceArea } from '../areas.js'
import type { Confidence } from '../events.js'

export interface AdvanceFilter {
  area?: AdvanceArea
  model?: string
  status?: AdvanceStatus
  confidence?: Confidence
  /** Published from and until, both included; a year, a month or a day. */
  from?: string
  until?: string
}

/**
 * The overview, newest publication first, as it stands or as of a time (RFC 3339). An overview has some hundred entries: one
 * answer holds them.
 */
export class ListAdvances extends Query<AdvanceView[]> {
  constructor(
    readonly filter: AdvanceFilter = {},
    readonly asOf?: string,
  ) {
    super()
  }
}

@QueryHandler(ListAdvances)
export class ListAdvancesHandler implements IQueryHandler<ListAdvances> {
  constructor(
    @InjectRepository(AdvanceRow) private readonly rows: Repository<AdvanceRow>,
    private readonly advances: Advances,
  ) {}

  async execute({ filter, asOf }: ListAdvances): Promise<AdvanceView[]> {
    const rows = await this.rows.find({ order: { proposedPosition: 'ASC' } })
    const views = asOf === undefined ? rows.map(shown) : await this.asOf(rows, asOf)
    return views.filter((view) => matches(view, filter)).sort(newestFirst)
  }

  /** What was on record then, read from the ledger. */
  private async asOf(rows: readonly AdvanceRow[], asOf: string): Promise<AdvanceView[]> {
    const found = await Promise.all(rows.map(({ entry }) => this.advances.read(entry.id, { asOf })))
    return found.filter(({ state }) => state.status !== null).map(({ state, revision }) => advanceView(state, revision))
  }
}

function shown({ entry, status, supersededBy, revision }: AdvanceRow): AdvanceView {
  return { ...entry, status, supersededBy, revision }
}

/** A month lies in its year: dates are compared as far as both are given. */
function matches(view: AdvanceView, { area, model, status, confidence, from, until }: AdvanceFilter): boolean {
  const asFarAs = (limit: string): string => view.published.slice(0, limit.length)
  return (
    (area === undefined || view.area === area) &&
    (model === undefined || view.models.includes(model)) &&
    (status === undefined || view.status === status) &&
    (confidence === undefined || view.confidence === confidence) &&
    (from === undefined || asFarAs(from) >= from.slice(0, view.published.length)) &&
    (until === undefined || asFarAs(until) <= until.slice(0, view.published.length))
  )
}

function newestFirst(one: AdvanceView, other: AdvanceView): number {
  if (one.published !== other.published) return one.published < other.published ? 1 : -1
  return one.id < other.id ? -1 : 1
}
