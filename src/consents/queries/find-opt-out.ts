import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { ConsentReader } from '../consent-reader.js'
import type { OptOut } from '../consent-state.js'

export type { OptOut } from '../consent-state.js'

/** A person's opt-out from secondary use, from their stream; null when none is in force. */
export class FindOptOut extends Query<OptOut | null> {
  constructor(readonly subject: string) {
    super()
  }
}

@QueryHandler(FindOptOut)
export class FindOptOutHandler implements IQueryHandler<FindOptOut> {
  constructor(private readonly reader: ConsentReader) {}

  async execute({ subject }: FindOptOut): Promise<OptOut | null> {
    return (await this.reader.state(subject)).state.optOut
  }
}
