import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { IsNull, Repository } from 'typeorm'
import type { ValuesOpened } from '../../journal/access-events.js'
import { Journal } from '../../journal/journal.js'
import type { RecordedEvent } from '../../journal/recorded-event.js'
import { RunRow } from '../run.row.js'

/**
 * Who had opened the result of an earlier run when the next was asked for. Asking for a run shows nothing of it: whoever did and wants
 * to know opens it like everybody else. `actor`: pseudonymous id.
 */
export interface Knowing {
  run: string
  actor: string
  role: string
  /** RFC 3339. */
  at: string
}

/** A run with who had seen results of the ones before it. */
export interface TracedRun extends Pick<RunRow, 'run' | 'status' | 'version' | 'twinRevision' | 'codes' | 'actor'> {
  /** RFC 3339. */
  requestedAt: string
  requestedPosition: number
  knew: Knowing[]
}

/** One twin, model, trial and purpose. */
export interface RepeatGroup {
  twin: string
  model: string
  purpose: string
  trial?: string
}

/** The runs of one group, oldest first, each with who knew earlier results by then: from the record of reads. No value is opened. */
export class TraceRepeats extends Query<{ runs: TracedRun[] }> {
  constructor(readonly group: RepeatGroup) {
    super()
  }
}

/** More runs of one model on one twin are shown by the list of runs. */
const MOST_RUNS = 500
const PAGE = 500

@QueryHandler(TraceRepeats)
export class TraceRepeatsHandler implements IQueryHandler<TraceRepeats> {
  constructor(
    @InjectRepository(RunRow) private readonly rows: Repository<RunRow>,
    private readonly journal: Journal,
  ) {}

  async execute({ group: { trial, ...group } }: TraceRepeats): Promise<{ runs: TracedRun[] }> {
    const where = { ...group, trial: trial ?? IsNull() }
    const rows = await this.rows.find({ where, order: { requestedPosition: 'ASC' }, take: MOST_RUNS })
    if (rows.length === 0) return { runs: [] }
    const known = await this.readingsOf(rows)
    return {
      runs: rows.map(({ run, status, version, twinRevision, codes, actor, requestedAt, requestedPosition }) => ({
        run,
        status,
        version,
        twinRevision,
        codes,
        actor,
        requestedAt: requestedAt.toISOString(),
        requestedPosition,
        knew: known
          .filter((one) => one.run !== run && one.position < requestedPosition)
          .map(({ position: _position, ...one }) => one),
      })),
    }
  }

  private async readingsOf(rows: readonly RunRow[]): Promise<Placed[]> {
    const runs = new Set(rows.map(({ run }) => run))
    const found: Placed[] = []
    for await (const { type, data, header, position } of this.accesses(rows[0]!.subject)) {
      const run = type === 'access.values-opened' ? (data as ValuesOpened['data'] | null)?.run : undefined
      if (run === undefined || !runs.has(run)) continue
      const { id: actor, role } = header.actor
      found.push({ run, actor, role, at: header.recordedAt, position })
    }
    return found
  }

  private async *accesses(subject: string): AsyncGenerator<RecordedEvent> {
    for (let from = 0; ; from += PAGE) {
      const page = await this.journal.store.readStream(`access-${subject}`, { from, limit: PAGE })
      yield* await this.journal.openAll(page)
      if (page.length < PAGE) return
    }
  }
}

type Placed = Knowing & { position: number }
