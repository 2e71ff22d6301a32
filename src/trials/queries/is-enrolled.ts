import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { TrialReader } from '../trial-reader.js'
import { enrolmentsOf } from '../trial-state.js'

/** Whether the person is in the trial at this moment: read from the ledger, so no withdrawal is overlooked. */
export class IsEnrolled extends Query<boolean> {
  constructor(
    readonly trial: string,
    readonly subject: string,
  ) {
    super()
  }
}

@QueryHandler(IsEnrolled)
export class IsEnrolledHandler implements IQueryHandler<IsEnrolled> {
  constructor(private readonly reader: TrialReader) {}

  async execute({ trial, subject }: IsEnrolled): Promise<boolean> {
    const { state } = await this.reader.read(trial)
    return enrolmentsOf(state).bySubject.get(subject)?.status === 'enrolled'
  }
}
