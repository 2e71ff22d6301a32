import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { RandomisationReader } from '../randomisation-reader.js'

/** Where in the log a trial was unblinded for the first time; null while it was not. */
export class UnblindedAt extends Query<number | null> {
  constructor(readonly trial: string) {
    super()
  }
}

@QueryHandler(UnblindedAt)
export class UnblindedAtHandler implements IQueryHandler<UnblindedAt> {
  constructor(private readonly reader: RandomisationReader) {}

  async execute({ trial }: UnblindedAt): Promise<number | null> {
    return (await this.reader.read(trial)).state.unblindedAt?.position ?? null
  }
}
