import { randomUUID } from 'node:crypto'
import { Command, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { Conflict, InvalidRequest } from '../../platform/errors.js'
import { FindFact, type FactField } from '../../twins/queries/find-fact.js'
import type { QueryReason } from '../codes.js'
import type { AskedFact } from '../data-query-access.js'
import { DataQueryJournal, type DataQueryReceipt } from '../data-query-journal.js'

/** Asks the site about one field of a recorded fact. The fact stays as it is. */
export class RaiseQuery extends Command<DataQueryReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly asked: AskedFact & { field: FactField; reason: QueryReason; question: string },
  ) {
    super()
  }
}

@CommandHandler(RaiseQuery)
export class RaiseQueryHandler implements ICommandHandler<RaiseQuery> {
  constructor(
    private readonly dataQueries: DataQueryJournal,
    private readonly journal: Journal,
    private readonly queries: QueryBus,
  ) {}

  /** @throws Conflict `data-query-fact-erased`, `fact-not-current`; InvalidRequest `data-query-field-unknown` */
  async execute({ context, asked }: RaiseQuery): Promise<DataQueryReceipt> {
    const { twin, fact, field, site, reason, question, subject, trial } = asked
    const { idempotencyKey: key, actor } = context
    const query = key === undefined ? randomUUID() : this.journal.deriveEventId('data-query', actor.id, key)
    await this.mustBeAskable(twin, fact, field)
    return this.dataQueries.record(
      { ...context, reason },
      { query, subject, ...(trial !== undefined && { trial }) },
      { type: 'raise', about: { twin, fact, field, site }, question },
    )
  }

  private async mustBeAskable(twin: string, fact: string, field: FactField): Promise<void> {
    const { fields, status } = await this.queries.execute(new FindFact(twin, fact))
    if (fields.length === 0) throw new Conflict('data-query-fact-erased', 'The fact was erased.')
    if (status !== 'current')
      throw new Conflict('fact-not-current', 'Only the standing version of a fact can be asked about.')
    if (!fields.includes(field))
      throw new InvalidRequest('data-query-field-unknown', 'Facts of this kind have no such field.', { fields })
  }
}
