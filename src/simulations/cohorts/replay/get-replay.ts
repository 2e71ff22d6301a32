import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { NotFound } from '../../../platform/errors.js'
import { CohortWriter } from '../cohort-writer.js'
import type { ReplayCounts } from '../events.js'
import { sumOfCounts, type ReplayStatus } from './replay-state.js'

export interface ReplayView extends ReplayCounts {
  cohort: string
  replay: string
  status: ReplayStatus
  parts: number
  partsFinished: number
}

/** How far computing a cohort again is, and what it has found until now: the result, once it is `finished`. */
export class GetReplay extends Query<ReplayView> {
  constructor(
    readonly cohort: string,
    readonly replay: string,
  ) {
    super()
  }
}

@QueryHandler(GetReplay)
export class GetReplayHandler implements IQueryHandler<GetReplay> {
  constructor(private readonly cohorts: CohortWriter) {}

  /** @throws NotFound `cohort-not-found`, `replay-not-found` */
  async execute({ cohort, replay }: GetReplay): Promise<ReplayView> {
    const { state } = await this.cohorts.existing(cohort)
    const found = state.replays.get(replay)
    if (!found) throw new NotFound('replay-not-found', 'The cohort was not computed again under this id.')
    const { status, finished } = found
    const counts = sumOfCounts(finished.values())
    return { cohort, replay, status, parts: state.parts, partsFinished: finished.size, ...counts }
  }
}
