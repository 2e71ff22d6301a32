import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { ConsentReader } from '../consent-reader.js'
import { coverUse, type Coverage } from '../coverage.js'
import { knownClaim, type PermitClaim } from '../permit-claim.js'
import type { Use } from '../scope.js'

export type { Coverage } from '../coverage.js'
export type { PermitClaim } from '../permit-claim.js'
export type { Use } from '../scope.js'

/**
 * Whether a use is covered at this moment. For deciding what to show or offer; whoever goes on to use the data asks
 * AuthoriseUse, which cannot be outrun and leaves a record.
 */
export class FindCoverage extends Query<Coverage> {
  constructor(
    readonly subject: string,
    readonly use: Use,
    /** The data permit that it is to rest on; without, the person's consent. */
    readonly claim?: PermitClaim,
  ) {
    super()
  }
}

@QueryHandler(FindCoverage)
export class FindCoverageHandler implements IQueryHandler<FindCoverage> {
  constructor(
    private readonly reader: ConsentReader,
    private readonly queries: QueryBus,
  ) {}

  async execute({ subject, use, claim }: FindCoverage): Promise<Coverage> {
    const { state } = await this.reader.state(subject)
    return coverUse(state, use, new Date().toISOString(), claim && (await knownClaim(this.queries, claim)))
  }
}
