import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { PrivacyClock } from '../../privacy/clock.js'
import { DisclosureJournal } from '../disclosure-journal.js'
import { inForce } from '../suspension.js'

/** Organisations that the person is not told of now. */
export class SuspendedAgencies extends Query<ReadonlySet<string>> {
  constructor(readonly subject: string) {
    super()
  }
}

@QueryHandler(SuspendedAgencies)
export class SuspendedAgenciesHandler implements IQueryHandler<SuspendedAgencies> {
  constructor(
    private readonly disclosures: DisclosureJournal,
    private readonly clock: PrivacyClock,
  ) {}

  async execute({ subject }: SuspendedAgencies): Promise<ReadonlySet<string>> {
    const active = inForce(await this.disclosures.suspensions(subject), this.clock.now().toISOString())
    return new Set(active.map(({ agency }) => agency))
  }
}
