import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { TrialReader } from '../trial-reader.js'
import { enrolmentsOf } from '../trial-state.js'

/** Who stands behind a code: for other rooms to work with, never to show to a reader of the trial. Null when nobody does. */
export class SubjectOfEnrolment extends Query<string | null> {
  constructor(
    readonly trial: string,
    readonly code: string,
  ) {
    super()
  }
}

@QueryHandler(SubjectOfEnrolment)
export class SubjectOfEnrolmentHandler implements IQueryHandler<SubjectOfEnrolment> {
  constructor(private readonly reader: TrialReader) {}

  async execute({ trial, code }: SubjectOfEnrolment): Promise<string | null> {
    const { state } = await this.reader.read(trial)
    return enrolmentsOf(state).byCode.get(code)?.subject ?? null
  }
}
