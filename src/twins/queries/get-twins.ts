import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { AccessRecorder } from '../../journal/access-recorder.js'
import type { CommandContext } from '../../journal/command-context.js'
import { TwinReader } from '../twin-reader.js'
import { openedIn, viewOf, type Detail, type TwinView } from '../twin-view.js'

/** Many twins as they stand, or stood before a position of the log. All readings are recorded, in one step, before anything is shown. */
export class GetTwins extends Query<Map<string, TwinView>> {
  constructor(
    readonly context: CommandContext,
    readonly twins: readonly string[],
    readonly detail: Detail,
    readonly options: { trial?: string; below?: number } = {},
  ) {
    super()
  }
}

@QueryHandler(GetTwins)
export class GetTwinsHandler implements IQueryHandler<GetTwins> {
  constructor(
    private readonly reader: TwinReader,
    private readonly access: AccessRecorder,
  ) {}

  /** Twins that do not exist, or did not then, are left out. */
  async execute({ context, twins, detail, options: { trial, below } }: GetTwins): Promise<Map<string, TwinView>> {
    const states = await this.reader.states(twins, { below })
    const views = new Map([...states].map(([twin, state]) => [twin, viewOf(state, detail)]))
    const readings = [...views.values()].map(({ twin, subject, facts, person }) => ({
      ...openedIn(facts, person),
      subject,
      twin,
      trial,
    }))
    await this.access.openedAll(
      context,
      readings.filter(({ count }) => count > 0),
    )
    return views
  }
}
