import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { Journal } from '../../journal/journal.js'
import type { EventHeader } from '../../ledger/event.js'
import type { TwinFactCorrected } from '../events.js'
import { twinStream } from '../twin-state.js'
import { TwinRow } from '../twin.row.js'

/** An entry of a person's record without its values: what kind it is, and where it stands in the log. */
export interface RecordEntry {
  header: EventHeader
  position: number
  /** Of a correction: the position of what it corrects; null when what it says was erased. */
  corrects?: number | null
}

/** Every entry of the twins of a person, in the order of the log. Nothing personal is in the answer. */
export class ListEntries extends Query<RecordEntry[]> {
  constructor(readonly subject: string) {
    super()
  }
}

@QueryHandler(ListEntries)
export class ListEntriesHandler implements IQueryHandler<ListEntries> {
  constructor(
    @InjectRepository(TwinRow) private readonly rows: Repository<TwinRow>,
    private readonly journal: Journal,
  ) {}

  async execute({ subject }: ListEntries): Promise<RecordEntry[]> {
    const twins = await this.rows.find({ select: { twin: true }, where: { subject } })
    // Opened for the ids of what was corrected, of which the answer holds the positions alone.
    const streams = await this.journal.readMany(twins.map(({ twin }) => twinStream(twin)))
    const events = [...streams.values()].flat().sort((one, other) => one.position - other.position)
    const positions = new Map(events.map(({ header, position }) => [header.id, position]))
    let demographics: number | null = null
    return events.map(({ header, position, type, data }) => {
      const entry = { header, position }
      if (type === 'twin.fact-corrected') {
        const target = (data as TwinFactCorrected['data'] | null)?.target
        return { ...entry, corrects: target === undefined ? null : (positions.get(target) ?? null) }
      }
      if (!type.startsWith('twin.demographics-')) return entry
      const earlier = demographics
      demographics = position
      return type === 'twin.demographics-corrected' ? { ...entry, corrects: earlier } : entry
    })
  }
}
