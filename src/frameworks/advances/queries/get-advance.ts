import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import type { HistoryPoint } from '../../../journal/journal.js'
import { advanceView, type AdvanceView } from '../advance-view.js'
import { Advances } from '../advances.js'

/** One entry, as it stands or as of an earlier point. */
export class GetAdvance extends Query<AdvanceView> {
  constructor(
    readonly id: string,
    readonly point?: HistoryPoint,
  ) {
    super()
  }
}

@QueryHandler(GetAdvance)
export class GetAdvanceHandler implements IQueryHandler<GetAdvance> {
  constructor(private readonly advances: Advances) {}

  /** @throws NotFound `advance-not-found` */
  async execute({ id, point }: GetAdvance): Promise<AdvanceView> {
    const { state, revision } = await this.advances.existing(id, point)
    return advanceView(state, revision)
  }
}
