import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { PermitBook } from '../permit-book.js'
import { permitView, type PermitView } from '../permit-view.js'

export type { PermitView } from '../permit-view.js'

/** A data permit as it stands. */
export class GetPermit extends Query<PermitView> {
  constructor(readonly permit: string) {
    super()
  }
}

@QueryHandler(GetPermit)
export class GetPermitHandler implements IQueryHandler<GetPermit> {
  constructor(private readonly book: PermitBook) {}

  /** @throws NotFound `permit-not-found` */
  async execute({ permit }: GetPermit): Promise<PermitView> {
    const { state, revision } = await this.book.existing(permit)
    return permitView(permit, state, revision, new Date().toISOString())
  }
}
