import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { TrialReader } from '../trial-reader.js'
import type { TrialSite } from '../trial-state.js'

export type { TrialSite } from '../trial-state.js'

/** The trial's sites, open and closed, as of this moment. */
export class SitesOf extends Query<readonly TrialSite[]> {
  constructor(readonly trial: string) {
    super()
  }
}

@QueryHandler(SitesOf)
export class SitesOfHandler implements IQueryHandler<SitesOf> {
  constructor(private readonly reader: TrialReader) {}

  /** @throws NotFound `trial-not-found` */
  async execute({ trial }: SitesOf): Promise<readonly TrialSite[]> {
    return (await this.reader.existing(trial)).state.sites
  }
}
