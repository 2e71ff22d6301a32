import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { CohortWriter } from '../cohort-writer.js'

/** The twins of a cohort as they were fixed when it was asked for. Not for showing: it tells who is in it. */
export class ListCohortTwins extends Query<string[]> {
  constructor(readonly cohort: string) {
    super()
  }
}

@QueryHandler(ListCohortTwins)
export class ListCohortTwinsHandler implements IQueryHandler<ListCohortTwins> {
  constructor(private readonly cohorts: CohortWriter) {}

  /** @throws NotFound `cohort-not-found` */
  async execute({ cohort }: ListCohortTwins): Promise<string[]> {
    const { state } = await this.cohorts.existing(cohort)
    return [...state.members.values()].flat()
  }
}
