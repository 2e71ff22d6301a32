import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { PermitBook } from '../permit-book.js'
import { permitStream, type PermitState } from '../permit.js'

export { permitGaps } from '../permit-gaps.js'

/** A permit as the log has it, and where: whoever records a use that rests on it expects its stream to be there still. */
export interface KnownPermit {
  permit: string
  stream: string
  /** -1 for what is not on record. */
  revision: number
  state: PermitState
}

/** A permit from the log itself, for deciding what rests on it; one that is not on record covers nothing. */
export class FindPermit extends Query<KnownPermit> {
  constructor(readonly permit: string) {
    super()
  }
}

@QueryHandler(FindPermit)
export class FindPermitHandler implements IQueryHandler<FindPermit> {
  constructor(private readonly book: PermitBook) {}

  async execute({ permit }: FindPermit): Promise<KnownPermit> {
    const { state, revision } = await this.book.read(permit)
    return { permit, stream: permitStream(permit), revision, state }
  }
}
