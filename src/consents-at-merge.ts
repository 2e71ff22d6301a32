import { Global, Injectable, Module } from '@nestjs/common'
import { CqrsModule, QueryBus } from '@nestjs/cqrs'
import { WritesOfMerge } from './consents/queries/writes-of-merge.js'
import type { JournalWrite } from './journal/journal.js'
import { MERGE_COMPANION, type MergeCompanion } from './twins/merge-companion.js'

/** What stops uses of a person's data stops them after their twin is merged, too. It stands above the rooms because twins know nothing of consents. */
@Injectable()
export class ConsentsAtMerge implements MergeCompanion {
  constructor(private readonly queries: QueryBus) {}

  writesOf({ survivor, ended }: { survivor: string; ended: string }): Promise<JournalWrite[]> {
    return this.queries.execute(new WritesOfMerge(survivor, ended))
  }
}

@Global()
@Module({
  imports: [CqrsModule],
  providers: [{ provide: MERGE_COMPANION, useClass: ConsentsAtMerge }],
  exports: [MERGE_COMPANION],
})
export class ConsentsAtMergeModule {}
