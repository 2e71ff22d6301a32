import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { NotFound } from '../../platform/errors.js'
import type { Custody } from '../events.js'
import { FACT_FIELDS, type FactField } from '../fact-fields.js'
import { versionsOf, type FactRecord } from '../fact-history.js'
import { TwinReader } from '../twin-reader.js'

export { FACT_FIELD_NAMES, type FactField } from '../fact-fields.js'

/** What is on record of a fact, without its value. */
export interface FoundFact {
  subject: string
  custody: Custody
  /** The fields that facts of its kind have; empty once it is erased and nobody knows what it was. */
  fields: readonly FactField[]
  status: FactRecord['status']
  /** Every event that replaced or withdrew a version of the fact, oldest first. */
  corrections: readonly { event: string; position: number }[]
}

/** Finds a fact by the event of any of its versions; for other rooms to refer to it. Nothing of its value is told. */
export class FindFact extends Query<FoundFact> {
  constructor(
    readonly twin: string,
    readonly eventId: string,
  ) {
    super()
  }
}

@QueryHandler(FindFact)
export class FindFactHandler implements IQueryHandler<FindFact> {
  constructor(private readonly reader: TwinReader) {}

  /** @throws NotFound `twin-not-found`, `fact-not-found` */
  async execute({ twin, eventId }: FindFact): Promise<FoundFact> {
    const state = await this.reader.existing(twin)
    const versions = versionsOf(state, eventId)
    const found = versions.find(({ id }) => id === eventId)
    if (!found) throw new NotFound('fact-not-found', 'The twin has no such fact.')
    const replaced = versions.slice(1).map(({ id, position }) => ({ event: id, position }))
    const withdrawal = versions.at(-1)!.withdrawal
    return {
      subject: state.subject!,
      custody: state.custody!,
      fields: found.kind === null || found.value === null ? [] : FACT_FIELDS[found.kind],
      status: found.status,
      corrections: [...replaced, ...(withdrawal ? [{ event: withdrawal.id, position: withdrawal.position }] : [])],
    }
  }
}
