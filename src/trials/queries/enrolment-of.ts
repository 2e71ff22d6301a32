import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { NotFound } from '../../platform/errors.js'
import { TrialReader } from '../trial-reader.js'
import { enrolmentsOf, type Enrolment } from '../trial-state.js'

export type { Enrolment } from '../trial-state.js'

/** Who stands behind a code, where, and whether they are still in: for other rooms, never to show to a reader of the trial. */
export class EnrolmentOf extends Query<Enrolment> {
  constructor(
    readonly trial: string,
    readonly code: string,
  ) {
    super()
  }
}

@QueryHandler(EnrolmentOf)
export class EnrolmentOfHandler implements IQueryHandler<EnrolmentOf> {
  constructor(private readonly reader: TrialReader) {}

  /** @throws NotFound `trial-not-found`, `enrolment-not-found` */
  async execute({ trial, code }: EnrolmentOf): Promise<Enrolment> {
    const { state } = await this.reader.existing(trial)
    const enrolment = enrolmentsOf(state).byCode.get(code)
    if (!enrolment) throw new NotFound('enrolment-not-found', 'The trial has no such enrolment.')
    return enrolment
  }
}
