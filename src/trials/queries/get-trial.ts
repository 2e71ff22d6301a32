import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { TrialReader } from '../trial-reader.js'
import { enrolmentsOf, type TrialSite } from '../trial-state.js'
import type { TrialDescription } from '../events.js'

export interface TrialView extends TrialDescription {
  trial: string
  status: 'open' | 'closed'
  /** The trial's revision, for `If-Match`. */
  revision: number
  sites: readonly TrialSite[]
  enrolled: number
  withdrawn: number
}

/** A trial as of this moment. */
export class GetTrial extends Query<TrialView> {
  constructor(readonly trial: string) {
    super()
  }
}

@QueryHandler(GetTrial)
export class GetTrialHandler implements IQueryHandler<GetTrial> {
  constructor(private readonly reader: TrialReader) {}

  /** @throws NotFound `trial-not-found` */
  async execute({ trial }: GetTrial): Promise<TrialView> {
    const { state, revision } = await this.reader.existing(trial)
    const enrolments = [...enrolmentsOf(state).byCode.values()]
    return {
      trial,
      ...state.description!,
      status: state.status as 'open' | 'closed',
      revision,
      sites: state.sites,
      enrolled: enrolments.length,
      withdrawn: enrolments.filter(({ status }) => status === 'withdrawn').length,
    }
  }
}
