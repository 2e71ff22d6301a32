import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { AccessRecorder } from '../../../journal/access-recorder.js'
import type { CommandContext } from '../../../journal/command-context.js'
import { Journal } from '../../../journal/journal.js'
import { NotFound } from '../../../platform/errors.js'
import { decisionStream } from '../decision-state.js'
import type { DecisionEvent } from '../events.js'

export interface DecisionHistory {
  decision: string
  subject: string
  /** Of the run that it rests on, where that was made in one. */
  trial?: string
  revision: number
  /** `data` is null where it is sealed for the reader; `[erased]` where nobody can read it any more. */
  history: {
    type: DecisionEvent['type']
    recordedAt: string
    position: number
    actor: { role: string }
    data: object | '[erased]' | null
  }[]
}

/** A decision from its proposal on; meaning and reasons are opened for those who may, and that is recorded. */
export class GetDecision extends Query<DecisionHistory> {
  constructor(
    readonly context: CommandContext,
    readonly decision: string,
    readonly detail: 'full' | 'coded',
  ) {
    super()
  }
}

@QueryHandler(GetDecision)
export class GetDecisionHandler implements IQueryHandler<GetDecision> {
  constructor(
    private readonly journal: Journal,
    private readonly access: AccessRecorder,
  ) {}

  /** @throws NotFound `decision-not-found` */
  async execute({ context, decision, detail }: GetDecision): Promise<DecisionHistory> {
    const stream = decisionStream(decision)
    const events = await (detail === 'full' ? this.journal.read(stream) : this.journal.readCoded(stream))
    const first = events[0]?.header
    if (first?.subject === undefined) throw new NotFound('decision-not-found', 'There is no such decision.')
    const { subject, trial } = first
    const opened = events.filter(({ state }) => state === 'opened').length
    if (opened > 0) await this.access.opened(context, { subject, trial, what: ['decision'], count: opened })
    const history = events.map(({ type, header, position, state, data }) => ({
      type: type as DecisionEvent['type'],
      recordedAt: header.recordedAt,
      position,
      actor: { role: header.actor.role },
      data: state === 'erased' ? ('[erased]' as const) : data,
    }))
    return { decision, subject, trial, revision: events.at(-1)!.header.revision, history }
  }
}
