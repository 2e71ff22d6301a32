import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { TrialReader } from '../trial-reader.js'
import { enrolmentsOf } from '../trial-state.js'

/** Who of these persons left the trial before this moment: read from the ledger, so no withdrawal is overlooked. */
export class WithdrawnFrom extends Query<ReadonlySet<string>> {
  constructor(
    readonly trial: string,
    readonly subjects: readonly string[],
  ) {
    super()
  }
}

@QueryHandler(WithdrawnFrom)
export class WithdrawnFromHandler implements IQueryHandler<WithdrawnFrom> {
  constructor(private readonly reader: TrialReader) {}

  async execute({ trial, subjects }: WithdrawnFrom): Promise<ReadonlySet<string>> {
    const { bySubject } = enrolmentsOf((await this.reader.read(trial)).state)
    return new Set(subjects.filter((subject) => bySubject.get(subject)?.status === 'withdrawn'))
  }
}
