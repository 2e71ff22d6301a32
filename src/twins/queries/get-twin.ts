import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { AccessRecorder } from '../../journal/access-recorder.js'
import type { CommandContext } from '../../journal/command-context.js'
import { TwinReader } from '../twin-reader.js'
import { openedIn, viewOf, type Detail, type TwinView } from '../twin-view.js'
import { historyPoint, type PointInHistory } from './point-in-history.js'

/** A twin now, as of a revision, a time or a position of the log. The reading is recorded before anything is shown. */
export class GetTwin extends Query<TwinView> {
  constructor(
    readonly context: CommandContext,
    readonly twin: string,
    readonly detail: Detail,
    readonly point: PointInHistory = {},
  ) {
    super()
  }
}

@QueryHandler(GetTwin)
export class GetTwinHandler implements IQueryHandler<GetTwin> {
  constructor(
    private readonly reader: TwinReader,
    private readonly access: AccessRecorder,
  ) {}

  /** @throws NotFound `twin-not-found`: there is no such twin, or there was none at that point; InvalidRequest `point-invalid` */
  async execute({ context, twin, detail, point }: GetTwin): Promise<TwinView> {
    const view = viewOf(await this.reader.existing(twin, historyPoint(point)), detail)
    const { what, count } = openedIn(view.facts, view.person)
    if (count > 0) await this.access.opened(context, { subject: view.subject, twin, what, count })
    return view
  }
}
