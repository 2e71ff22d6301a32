import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { ForgettingJournal } from '../forgetting/forgetting-journal.js'
import { holdsInForce } from '../forgetting/forgetting-state.js'

/** Ids of the legal holds that keep a person's data at this moment, read from the ledger. */
export class HoldsInForce extends Query<string[]> {
  constructor(readonly subject: string) {
    super()
  }
}

@QueryHandler(HoldsInForce)
export class HoldsInForceHandler implements IQueryHandler<HoldsInForce> {
  constructor(private readonly forgetting: ForgettingJournal) {}

  async execute({ subject }: HoldsInForce): Promise<string[]> {
    return holdsInForce(await this.forgetting.state(subject)).map(({ hold }) => hold)
  }
}
