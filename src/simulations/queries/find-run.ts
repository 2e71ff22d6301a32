import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import type { ModelUse } from '../../models/registry/judge-use.js'
import { RunWriter } from '../run-writer.js'
import type { RunStatus } from '../simulation.js'

/** What others may build on: whose run it is, how it ended and what its result may be used for; no value. */
export interface FoundRun {
  subject: string
  trial?: string
  status: RunStatus
  stamp: ModelUse
}

/** A run without its values: nothing is shown, so nothing is recorded as read. */
export class FindRun extends Query<FoundRun> {
  constructor(readonly run: string) {
    super()
  }
}

@QueryHandler(FindRun)
export class FindRunHandler implements IQueryHandler<FindRun> {
  constructor(private readonly runs: RunWriter) {}

  /** @throws NotFound `run-not-found` */
  async execute({ run }: FindRun): Promise<FoundRun> {
    const { state, subject, trial } = await this.runs.existing(run)
    const stamp = state.request?.use.stamp ?? 'exploratory'
    return { subject, ...(trial !== undefined && { trial }), status: state.status!, stamp }
  }
}
