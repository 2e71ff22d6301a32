import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { keptByLaw, type Term } from '../duties.js'
import { RetentionClocks } from '../retention-clocks.js'

/** What the law forbids to erase of a person at a time, whoever asks. */
export class KeptByLaw extends Query<Term[]> {
  constructor(
    readonly subject: string,
    readonly at: Date,
  ) {
    super()
  }
}

@QueryHandler(KeptByLaw)
export class KeptByLawHandler implements IQueryHandler<KeptByLaw> {
  constructor(private readonly clocks: RetentionClocks) {}

  async execute({ subject, at }: KeptByLaw): Promise<Term[]> {
    return keptByLaw((await this.clocks.dutiesOf([subject])).get(subject)!, at)
  }
}
