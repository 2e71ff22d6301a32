import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { ConsentReader } from '../consent-reader.js'
import type { OptOut } from '../consent-state.js'
import type { Use } from '../scope.js'
import { isStoppedByOptOut } from '../secondary-use.js'

export type { OptOut } from '../consent-state.js'
export type { Use } from '../scope.js'

/** A person's opt-out from secondary use, from their stream; null when none is in force, or none that stops the use. */
export class FindOptOut extends Query<OptOut | null> {
  constructor(
    readonly subject: string,
    readonly use?: Use,
  ) {
    super()
  }
}

@QueryHandler(FindOptOut)
export class FindOptOutHandler implements IQueryHandler<FindOptOut> {
  constructor(private readonly reader: ConsentReader) {}

  async execute({ subject, use }: FindOptOut): Promise<OptOut | null> {
    if (use && !isStoppedByOptOut(use)) return null
    return (await this.reader.state(subject)).state.optOut
  }
}
