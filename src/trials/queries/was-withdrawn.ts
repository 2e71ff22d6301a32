import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { TrialReader } from '../trial-reader.js'
import { enrolmentsOf } from '../trial-state.js'

/** Whether the person left the trial before this moment: read from the ledger, so no withdrawal is overlooked. */
export class WasWithdrawn extends Query<boolean> {
  constructor(
    readonly trial: string,
    readonly subject: string,
  ) {
    super()
  }
}

@QueryHandler(WasWithdrawn)
export class WasWithdrawnHandler implements IQueryHandler<WasWithdrawn> {
  constructor(private readonly reader: TrialReader) {}

  async execute({ trial, subject }: WasWithdrawn): Promise<boolean> {
    const { state } = await this.reader.read(trial)
    return enrolmentsOf(state).bySubject.get(subject)?.status === 'withdrawn'
  }
}
