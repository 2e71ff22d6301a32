import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { ConsentReader } from '../consent-reader.js'
import type { ProcessingRestricted } from '../events.js'

/** What of a person's data is frozen at this moment, from their stream. */
export class FindRestrictions extends Query<ProcessingRestricted['data'][]> {
  constructor(readonly subject: string) {
    super()
  }
}

@QueryHandler(FindRestrictions)
export class FindRestrictionsHandler implements IQueryHandler<FindRestrictions> {
  constructor(private readonly reader: ConsentReader) {}

  async execute({ subject }: FindRestrictions): Promise<ProcessingRestricted['data'][]> {
    const { state } = await this.reader.state(subject)
    return [...state.restrictions.values()]
  }
}
