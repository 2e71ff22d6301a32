import { Command, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { Conflict } from '../../platform/errors.js'
import { GetTrial } from '../../trials/queries/get-trial.js'
import { RandomisationWriter, type RandomisationReceipt } from '../randomisation-writer.js'

/** Fixes which entries of the log are the data of a closed trial: those recorded so far. Nobody is randomised after it. */
export class LockData extends Command<RandomisationReceipt & { below: number }> {
  constructor(
    readonly context: CommandContext,
    readonly asked: { trial: string },
  ) {
    super()
  }
}

@CommandHandler(LockData)
export class LockDataHandler implements ICommandHandler<LockData> {
  constructor(
    private readonly writer: RandomisationWriter,
    private readonly journal: Journal,
    private readonly queries: QueryBus,
  ) {}

  /** @throws NotFound `trial-not-found`; Conflict `trial-open`, `data-locked` */
  async execute({ context, asked: { trial } }: LockData): Promise<RandomisationReceipt & { below: number }> {
    const { status } = await this.queries.execute(new GetTrial(trial))
    if (status !== 'closed') throw new Conflict('trial-open', 'The data of an open trial still grow; close it first.')
    const { size: below } = await this.journal.store.head()
    const { idempotencyKey: _key, ...once } = context
    return { ...(await this.writer.command(once, { trial, command: { type: 'lock-data', below } })), below }
  }
}
