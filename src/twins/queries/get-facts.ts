import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { AccessRecorder } from '../../journal/access-recorder.js'
import type { CommandContext } from '../../journal/command-context.js'
import { factsOf, type FactRecord } from '../fact-history.js'
import type { FactKind } from '../facts.js'
import { TwinReader } from '../twin-reader.js'
import { openedIn, shownFact, type Detail, type ShownFact } from '../twin-view.js'
import { historyPoint, type PointInHistory } from './point-in-history.js'

/** Which facts are asked for. Without a status, every version. */
export interface FactFilter {
  kind?: FactKind
  /** Code of the fact or of one of its components. */
  code?: string
  status?: FactRecord['status']
}

/** Some of a twin's facts: only those that are shown are recorded as read. */
export class GetFacts extends Query<ShownFact[]> {
  constructor(
    readonly context: CommandContext,
    readonly twin: string,
    readonly detail: Detail,
    readonly filter: FactFilter = {},
    readonly point: PointInHistory = {},
  ) {
    super()
  }
}

@QueryHandler(GetFacts)
export class GetFactsHandler implements IQueryHandler<GetFacts> {
  constructor(
    private readonly reader: TwinReader,
    private readonly access: AccessRecorder,
  ) {}

  /** @throws NotFound `twin-not-found`; InvalidRequest `point-invalid` */
  async execute({ context, twin, detail, filter, point }: GetFacts): Promise<ShownFact[]> {
    const state = await this.reader.existing(twin, historyPoint(point))
    const facts = [...factsOf(state).values()]
      .filter((fact) => matches(fact, filter))
      .map((fact) => shownFact(fact, detail))
    const { what, count } = openedIn(facts)
    if (count > 0) await this.access.opened(context, { subject: state.subject!, twin, what, count })
    return facts
  }
}

function matches(fact: FactRecord, { kind, code, status }: FactFilter): boolean {
  return (
    (kind === undefined || fact.kind === kind) &&
    (status === undefined || fact.status === status) &&
    (code === undefined || codesOf(fact).includes(code))
  )
}

function codesOf({ value }: FactRecord): string[] {
  if (value === null) return []
  const own = 'code' in value ? [value.code.code] : value.kind === 'genotype' ? [value.gene] : []
  return value.kind === 'observation' ? [...own, ...(value.components ?? []).map(({ code }) => code.code)] : own
}
