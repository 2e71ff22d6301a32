import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import type { HistoryPoint } from '../../../journal/journal.js'
import { legalEntryView, type LegalEntryView } from '../legal-entry-view.js'
import { LegalRegister } from '../legal-register.js'

/** One entry, as it stands or as of an earlier point. */
export class GetEntry extends Query<LegalEntryView> {
  constructor(
    readonly id: string,
    readonly point?: HistoryPoint,
  ) {
    super()
  }
}

@QueryHandler(GetEntry)
export class GetEntryHandler implements IQueryHandler<GetEntry> {
  constructor(private readonly register: LegalRegister) {}

  /** @throws NotFound `legal-entry-not-found` */
  async execute({ id, point }: GetEntry): Promise<LegalEntryView> {
    const { state, revision } = await this.register.existing(id, point)
    return legalEntryView(state, revision)
  }
}
