import { Command, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { InvalidRequest, NotFound, Unprocessable } from '../../platform/errors.js'
import { GetRandomisation } from '../../randomisation/queries/get-randomisation.js'
import { FindFact } from '../../twins/queries/find-fact.js'
import { NamesPerson } from '../../twins/queries/names-person.js'
import type { Correction } from '../data-query.js'
import { DataQueryJournal, type DataQueryReceipt } from '../data-query-journal.js'
import { tellsArm } from '../tells-arm.js'

/** The site answers: with the correction it made of the fact, with an explanation, or with both. */
export class AnswerQuery extends Command<DataQueryReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly answer: { query: string; correction?: string; explanation?: string },
  ) {
    super()
  }
}

@CommandHandler(AnswerQuery)
export class AnswerQueryHandler implements ICommandHandler<AnswerQuery> {
  constructor(
    private readonly dataQueries: DataQueryJournal,
    private readonly queries: QueryBus,
  ) {}

  /**
   * @throws InvalidRequest `data-query-answer-empty`; NotFound `data-query-correction-not-found`
   * @throws Unprocessable `data-query-answer-identifies`, `data-query-answer-tells-arm`; and what the decider throws
   */
  async execute({ context, answer }: AnswerQuery): Promise<DataQueryReceipt> {
    const { query, correction, explanation } = answer
    if (correction === undefined && explanation === undefined)
      throw new InvalidRequest('data-query-answer-empty', 'An answer names a correction, or explains the fact.')
    const { twin, fact, trial } = (await this.dataQueries.existing(query)).raised
    if (explanation !== undefined) await this.mustTellNeither(explanation, twin, trial)
    return this.dataQueries.continue(context, query, {
      type: 'answer',
      by: context.actor.id,
      ...(correction !== undefined && { correction: await this.correctionOf(twin, fact, correction) }),
      ...(explanation !== undefined && { text: explanation }),
    })
  }

  private async correctionOf(twin: string, fact: string, event: string): Promise<Correction> {
    const { corrections } = await this.queries.execute(new FindFact(twin, fact))
    const found = corrections.find((one) => one.event === event)
    if (!found) throw new NotFound('data-query-correction-not-found', 'No such event corrected this fact.')
    return found
  }

  /** Who asked may know neither the person nor an arm, and reads the answer. The site may know both. */
  private async mustTellNeither(text: string, twin: string, trial: string | undefined): Promise<void> {
    if (await this.queries.execute(new NamesPerson(twin, text)))
      throw new Unprocessable(
        'data-query-answer-identifies',
        'The answer names the person; who asked may not know them.',
      )
    const { design } = trial === undefined ? { design: null } : await this.queries.execute(new GetRandomisation(trial))
    if (design && tellsArm(design, text))
      throw new Unprocessable('data-query-answer-tells-arm', 'The answer names an arm of a blinded trial.')
  }
}
