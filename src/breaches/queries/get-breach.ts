import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { AccessRecorder } from '../../journal/access-recorder.js'
import type { CommandContext } from '../../journal/command-context.js'
import { BreachJournal } from '../breach-journal.js'
import { missingFacts, missingSteps, type BreachState, type BreachStep } from '../breach-state.js'
import type { BreachFact } from '../events.js'

/** A breach as it stands, with all that is still missing. */
export interface BreachView extends Omit<BreachState, 'texts'> {
  breach: string
  revision: number
  /** Null for readers of codes. */
  texts: BreachState['texts'] | null
  missingFacts: BreachFact[]
  missingSteps: BreachStep[]
}

export class GetBreach extends Query<BreachView> {
  constructor(
    readonly context: CommandContext,
    readonly breach: string,
    readonly detail: 'full' | 'coded',
  ) {
    super()
  }
}

@QueryHandler(GetBreach)
export class GetBreachHandler implements IQueryHandler<GetBreach> {
  constructor(
    private readonly breaches: BreachJournal,
    private readonly access: AccessRecorder,
  ) {}

  /** What somebody wrote is opened on record. @throws NotFound `breach-not-found` */
  async execute({ context, breach, detail }: GetBreach): Promise<BreachView> {
    const { state, revision } = await this.breaches.existing(breach)
    const count = Object.keys(state.texts).length
    const shown = detail === 'full'
    if (shown && count > 0) await this.access.opened(context, { subject: breach, what: ['breach'], count })
    return {
      breach,
      revision,
      ...state,
      texts: shown ? state.texts : null,
      missingFacts: missingFacts(state),
      missingSteps: missingSteps(state),
    }
  }
}
