import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { TrialReader } from '../trial-reader.js'
import { enrolmentsOf } from '../trial-state.js'

/** The person's code in the trial, also after a withdrawal; null for who never was enrolled. */
export class EnrolmentCode extends Query<string | null> {
  constructor(
    readonly trial: string,
    readonly subject: string,
  ) {
    super()
  }
}

@QueryHandler(EnrolmentCode)
export class EnrolmentCodeHandler implements IQueryHandler<EnrolmentCode> {
  constructor(private readonly reader: TrialReader) {}

  async execute({ trial, subject }: EnrolmentCode): Promise<string | null> {
    const { state } = await this.reader.read(trial)
    return enrolmentsOf(state).bySubject.get(subject)?.code ?? null
  }
}
