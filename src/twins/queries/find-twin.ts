import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { NotFound } from '../../platform/errors.js'
import { TwinReader } from '../twin-reader.js'
import type { TwinState } from '../twin-state.js'
import { historyPoint, type PointInHistory } from './point-in-history.js'

/** Whose twin it is and where it stands, without a value. */
export interface FoundTwin {
  twin: string
  subject: string
  status: TwinState['status']
  revision: number
}

/** A twin before it is known whether its values may be opened: nothing is, so nothing is recorded as read. */
export class FindTwin extends Query<FoundTwin> {
  constructor(
    readonly twin: string,
    readonly point: PointInHistory = {},
  ) {
    super()
  }
}

@QueryHandler(FindTwin)
export class FindTwinHandler implements IQueryHandler<FindTwin> {
  constructor(private readonly reader: TwinReader) {}

  /** @throws NotFound `twin-not-found`: there is no such twin, or there was none at that point; InvalidRequest `point-invalid` */
  async execute({ twin, point }: FindTwin): Promise<FoundTwin> {
    const { subject, status, revision } = await this.reader.closed(twin, historyPoint(point))
    if (status === 'unregistered' || subject === null) throw new NotFound('twin-not-found', 'There is no such twin.')
    return { twin, subject, status, revision }
  }
}
