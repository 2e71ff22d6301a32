import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { AccessRecorder } from '../../journal/access-recorder.js'
import type { CommandContext } from '../../journal/command-context.js'
import { InvalidRequest } from '../../platform/errors.js'
import { diff, type FactChange, type TwinDiff } from '../diff.js'
import type { FindingEntry } from '../twin-state.js'
import { TwinReader } from '../twin-reader.js'
import { codedFact, markErased, type Detail } from '../twin-view.js'
import { historyPoint, type PointInHistory } from './point-in-history.js'

/** In coded detail, what changed about who the person is stays out. */
export type ShownDiff = Omit<TwinDiff, 'demographics' | 'contact' | 'identifiers'> &
  Partial<Pick<TwinDiff, 'demographics' | 'contact' | 'identifiers'>>

/** What changed in a twin between two points: old and new values, why and by whom. */
export class GetTwinDiff extends Query<ShownDiff> {
  constructor(
    readonly context: CommandContext,
    readonly twin: string,
    readonly detail: Detail,
    readonly between: { from: PointInHistory; to: PointInHistory },
  ) {
    super()
  }
}

@QueryHandler(GetTwinDiff)
export class GetTwinDiffHandler implements IQueryHandler<GetTwinDiff> {
  constructor(
    private readonly reader: TwinReader,
    private readonly access: AccessRecorder,
  ) {}

  /** @throws NotFound `twin-not-found`; InvalidRequest `point-invalid`: also when the first point lies after the second */
  async execute({ context, twin, detail, between }: GetTwinDiff): Promise<ShownDiff> {
    const [earlier, later] = await Promise.all([
      this.reader.state(twin, historyPoint(between.from)),
      this.reader.existing(twin, historyPoint(between.to)),
    ])
    if (earlier.revision > later.revision) {
      throw new InvalidRequest('point-invalid', 'The first point of a comparison lies before the second.')
    }
    const shown = shownDiff(diff(earlier, later), detail)
    const count = countValues(shown)
    if (count > 0) await this.access.opened(context, { subject: later.subject!, twin, what: ['changes'], count })
    return shown
  }
}

function shownDiff(changes: TwinDiff, detail: Detail): ShownDiff {
  const { raised, resolved } = changes.findings
  const findings = { raised: raised.map(markErased<FindingEntry>), resolved: resolved.map(markErased<FindingEntry>) }
  if (detail === 'full') return { ...changes, identifiers: changes.identifiers.map(markErased), findings }
  const { demographics: _demographics, contact: _contact, identifiers: _identifiers, facts, ...rest } = changes
  const coded = ({ before, after, explanation: _explanation, ...change }: FactChange): FactChange => ({
    ...change,
    before: before && codedFact(before),
    after: after && codedFact(after),
  })
  return {
    ...rest,
    findings,
    facts: {
      added: facts.added.map(coded),
      changed: facts.changed.map(coded),
      withdrawn: facts.withdrawn.map(coded),
    },
  }
}

function countValues({ facts, demographics = [], contact = [], identifiers = [] }: ShownDiff): number {
  return [facts.added, facts.changed, facts.withdrawn, demographics, contact, identifiers].flat().length
}
