import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { ConsentReader } from '../consent-reader.js'
import { coverUse, type Coverage } from '../coverage.js'
import type { Use } from '../scope.js'

export type { Coverage } from '../coverage.js'
export type { Use } from '../scope.js'

/**
 * Whether a use is covered at this moment. For deciding what to show or offer; whoever goes on to use the data asks
 * AuthoriseUse, which cannot be outrun and leaves a record.
 */
export class FindCoverage extends Query<Coverage> {
  constructor(
    readonly subject: string,
    readonly use: Use,
  ) {
    super()
  }
}

@QueryHandler(FindCoverage)
export class FindCoverageHandler implements IQueryHandler<FindCoverage> {
  constructor(private readonly reader: ConsentReader) {}

  async execute({ subject, use }: FindCoverage): Promise<Coverage> {
    const { state } = await this.reader.state(subject)
    return coverUse(state, use, new Date().toISOString())
  }
}
