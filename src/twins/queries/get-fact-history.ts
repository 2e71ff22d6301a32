import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { AccessRecorder } from '../../journal/access-recorder.js'
import type { CommandContext } from '../../journal/command-context.js'
import { NotFound } from '../../platform/errors.js'
import { versionsOf } from '../fact-history.js'
import { TwinReader } from '../twin-reader.js'
import { openedIn, shownFact, type Detail, type ShownFact } from '../twin-view.js'

/** Every version of one fact, oldest first, whichever version is asked by. */
export class GetFactHistory extends Query<ShownFact[]> {
  constructor(
    readonly context: CommandContext,
    readonly twin: string,
    readonly eventId: string,
    readonly detail: Detail,
  ) {
    super()
  }
}

@QueryHandler(GetFactHistory)
export class GetFactHistoryHandler implements IQueryHandler<GetFactHistory> {
  constructor(
    private readonly reader: TwinReader,
    private readonly access: AccessRecorder,
  ) {}

  /** @throws NotFound `twin-not-found`, `fact-not-found` */
  async execute({ context, twin, eventId, detail }: GetFactHistory): Promise<ShownFact[]> {
    const state = await this.reader.existing(twin)
    const versions = versionsOf(state, eventId).map((fact) => shownFact(fact, detail))
    if (versions.length === 0) throw new NotFound('fact-not-found', 'The twin has no such fact.')
    const { what, count } = openedIn(versions)
    if (count > 0) await this.access.opened(context, { subject: state.subject!, twin, what, count })
    return versions
  }
}
