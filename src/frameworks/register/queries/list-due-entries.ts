import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { dueReasons } from '../due-entries.js'
import { RegisterReader } from '../register-reader.js'
import type { DueReason } from '../vocabulary.js'

export interface DueEntry {
  id: string
  instrument: string
  reasons: DueReason[]
  lastChecked: string | null
  inForce: string | null
  appliesFrom: readonly string[]
}

/** Entries in force that somebody has to look at, as of now or of a time (RFC 3339); see DueLimits. */
export class ListDueEntries extends Query<DueEntry[]> {
  constructor(
    readonly uncheckedDays: number,
    readonly withinDays: number,
    readonly asOf?: string,
  ) {
    super()
  }
}

@QueryHandler(ListDueEntries)
export class ListDueEntriesHandler implements IQueryHandler<ListDueEntries> {
  constructor(private readonly register: RegisterReader) {}

  async execute({ uncheckedDays, withinDays, asOf }: ListDueEntries): Promise<DueEntry[]> {
    const today = (asOf === undefined ? new Date() : new Date(asOf)).toISOString().slice(0, 10)
    const entries = await this.register.entries(asOf)
    return entries
      .flatMap(({ state }) => {
        const reasons = dueReasons(state, { today, uncheckedDays, withinDays })
        if (reasons.length === 0) return []
        const { id, instrument, lastChecked, inForce, appliesFrom } = state.entry!
        return [{ id, instrument, reasons, lastChecked, inForce, appliesFrom }]
      })
      .sort((one, other) => (one.id < other.id ? -1 : 1))
  }
}
