import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { ConsentReader } from '../consent-reader.js'

/** The other ids that a person is on record under since their twins were merged; none for almost everybody. */
export class OtherIdsOf extends Query<readonly string[]> {
  constructor(readonly subject: string) {
    super()
  }
}

@QueryHandler(OtherIdsOf)
export class OtherIdsOfHandler implements IQueryHandler<OtherIdsOf> {
  constructor(private readonly reader: ConsentReader) {}

  async execute({ subject }: OtherIdsOf): Promise<readonly string[]> {
    return [...(await this.reader.state(subject)).state.mergedWith]
  }
}
