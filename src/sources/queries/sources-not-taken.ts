import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { LiveSources } from '../live-sources.js'

/** Of these names, those whose data is not taken: never registered, or revoked. Answered from memory. */
export class SourcesNotTaken extends Query<string[]> {
  constructor(readonly names: readonly string[]) {
    super()
  }
}

@QueryHandler(SourcesNotTaken)
export class SourcesNotTakenHandler implements IQueryHandler<SourcesNotTaken> {
  constructor(private readonly live: LiveSources) {}

  async execute({ names }: SourcesNotTaken): Promise<string[]> {
    return names.filter((name) => !this.live.isTaken(name))
  }
}
