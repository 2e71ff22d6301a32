import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { AccessRecorder } from '../../journal/access-recorder.js'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import type { QueryStatus } from '../codes.js'
import { dataQueryStream } from '../data-query-state.js'
import { DataQueryJournal } from '../data-query-journal.js'
import type { DataQueryEvent, QueryRaised } from '../events.js'

export interface DataQueryHistory extends Omit<QueryRaised['data'], 'field'> {
  query: string
  field: string
  trial: string | null
  status: QueryStatus
  revision: number
  /** `data` is null where it is sealed for the reader; `[erased]` where nobody can read it any more. */
  history: {
    type: DataQueryEvent['type']
    recordedAt: string
    position: number
    actor: { role: string }
    reason: string | null
    data: object | '[erased]' | null
  }[]
}

/** A data query from its raising on; what was asked and answered is opened for those who may, and that is recorded. */
export class GetDataQuery extends Query<DataQueryHistory> {
  constructor(
    readonly context: CommandContext,
    readonly query: string,
    readonly options: { words: boolean },
  ) {
    super()
  }
}

@QueryHandler(GetDataQuery)
export class GetDataQueryHandler implements IQueryHandler<GetDataQuery> {
  constructor(
    private readonly journal: Journal,
    private readonly dataQueries: DataQueryJournal,
    private readonly access: AccessRecorder,
  ) {}

  /** @throws NotFound `data-query-not-found` */
  async execute({ context, query, options: { words } }: GetDataQuery): Promise<DataQueryHistory> {
    const { raised, status } = await this.dataQueries.existing(query)
    const { subject, trial, ...about } = raised
    const stream = dataQueryStream(query)
    const events = await (words ? this.journal.read(stream) : this.journal.readCoded(stream))
    const count = events.filter(({ state }) => state === 'opened').length
    if (count > 0) await this.access.opened(context, { subject, trial, twin: about.twin, what: ['data-query'], count })
    const history = events.map(({ type, header, position, state, data }) => ({
      type: type as DataQueryEvent['type'],
      recordedAt: header.recordedAt,
      position,
      actor: { role: header.actor.role },
      reason: header.reason ?? null,
      data: state === 'erased' ? ('[erased]' as const) : data,
    }))
    return { query, ...about, trial: trial ?? null, status, revision: events.at(-1)!.header.revision, history }
  }
}
