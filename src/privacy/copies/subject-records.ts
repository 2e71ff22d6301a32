import { Inject, Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ListSubjectEvents } from '../../audit/queries/list-subject-events.js'
import { Journal } from '../../journal/journal.js'
import { EVENT_STORE } from '../../journal/journal.tokens.js'
import type { RecordedEvent } from '../../journal/recorded-event.js'
import type { EventStore } from '../../ledger/event-store.js'
import { ProjectionEngine } from '../../projections/projection-engine.js'

const PAGE = 500

/** Everything the log has about one person, opened a page at a time and nowhere kept. */
@Injectable()
export class SubjectRecords {
  constructor(
    private readonly queries: QueryBus,
    private readonly journal: Journal,
    private readonly projections: ProjectionEngine,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** The log's size, once the index of persons knows everything below it. @throws Unavailable `projection-behind` */
  async settled(): Promise<{ size: number; checkpoint: string }> {
    const { size, checkpoint } = await this.store.head()
    await this.projections.waitPatiently(size)
    return { size, checkpoint }
  }

  /** In the order of the log; `data` is null where nobody can read it any more. */
  async *of(subject: string, below: number): AsyncGenerator<RecordedEvent[]> {
    for (let after = -1; ;) {
      const rows = await this.queries.execute(new ListSubjectEvents(subject, { after, below, limit: PAGE }))
      const stored = await this.store.find(rows.map(({ eventId }) => eventId))
      // The index may be wrong; the header, which is in the tree, says whose the event is.
      const own = stored.filter(({ header }) => header.subject === subject)
      yield await this.journal.openAll(own.sort((one, other) => one.position - other.position))
      if (rows.length < PAGE) return
      after = rows.at(-1)!.position
    }
  }
}
