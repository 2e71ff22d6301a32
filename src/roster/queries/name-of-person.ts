import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { Journal } from '../../journal/journal.js'
import { staffStream, type PersonNamed } from '../events.js'

/**
 * The printed name of a person of the roster as recorded last; null when none was recorded or it was erased. Showing it to
 * somebody is recorded by whoever asks.
 */
export class NameOfPerson extends Query<string | null> {
  constructor(readonly actor: string) {
    super()
  }
}

@QueryHandler(NameOfPerson)
export class NameOfPersonHandler implements IQueryHandler<NameOfPerson> {
  constructor(private readonly journal: Journal) {}

  async execute({ actor }: NameOfPerson): Promise<string | null> {
    const last = (await this.journal.read(staffStream(actor))).at(-1)
    return (last?.data as PersonNamed['data'] | null | undefined)?.name ?? null
  }
}
