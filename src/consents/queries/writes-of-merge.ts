import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import type { JournalWrite } from '../../journal/journal.js'
import { MergedPersons } from '../merged-persons.js'

/** What the consent streams of two persons are to hold once their twins are merged: that they are one, and what stopped uses of either. */
export class WritesOfMerge extends Query<JournalWrite[]> {
  constructor(
    readonly survivor: string,
    readonly ended: string,
  ) {
    super()
  }
}

@QueryHandler(WritesOfMerge)
export class WritesOfMergeHandler implements IQueryHandler<WritesOfMerge> {
  constructor(private readonly persons: MergedPersons) {}

  execute({ survivor, ended }: WritesOfMerge): Promise<JournalWrite[]> {
    return this.persons.writesOfMerge(survivor, ended)
  }
}
