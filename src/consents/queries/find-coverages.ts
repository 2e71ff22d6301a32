import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { ConsentReader } from '../consent-reader.js'
import { coverUse, type Coverage } from '../coverage.js'
import type { Use } from '../scope.js'

export type { Coverage } from '../coverage.js'
export type { Use } from '../scope.js'

/** FindCoverage for many uses of one person's data, answered from one reading of the consents; in the order of the uses. */
export class FindCoverages extends Query<Coverage[]> {
  constructor(
    readonly subject: string,
    readonly uses: readonly Use[],
  ) {
    super()
  }
}

@QueryHandler(FindCoverages)
export class FindCoveragesHandler implements IQueryHandler<FindCoverages> {
  constructor(private readonly reader: ConsentReader) {}

  async execute({ subject, uses }: FindCoverages): Promise<Coverage[]> {
    const { state } = await this.reader.state(subject)
    const now = new Date().toISOString()
    return uses.map((use) => coverUse(state, use, now))
  }
}
