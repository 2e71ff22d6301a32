import { Command, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import { OpenDataQueries } from '../../data-queries/queries/open-data-queries.js'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { Conflict } from '../../platform/errors.js'
import { ProjectionEngine } from '../../projections/projection-engine.js'
import { GetTrial } from '../../trials/queries/get-trial.js'
import type { LeavingOpenReason } from '../reason-codes.js'
import { RandomisationReader } from '../randomisation-reader.js'
import { RandomisationWriter, type RandomisationReceipt } from '../randomisation-writer.js'
import { TrainingOverlap } from '../training-overlap.js'

/** Fixes which entries of the log are the data of a closed trial: those recorded so far. Nobody is randomised after it. */
export class LockData extends Command<RandomisationReceipt & { below: number }> {
  constructor(
    readonly context: CommandContext,
    readonly asked: {
      trial: string
      /** Why data queries that have not ended may stay so; of no meaning where there are none. */
      leavingOpen?: LeavingOpenReason
    },
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
    private readonly projections: ProjectionEngine,
    private readonly reader: RandomisationReader,
    private readonly training: TrainingOverlap,
  ) {}

  /**
   * @throws NotFound `trial-not-found`; Conflict `trial-open`, `data-locked`, `data-queries-open`; Unavailable `projection-behind`
   */
  async execute({
    context,
    asked: { trial, leavingOpen },
  }: LockData): Promise<RandomisationReceipt & { below: number }> {
    const { status } = await this.queries.execute(new GetTrial(trial))
    if (status !== 'closed') throw new Conflict('trial-open', 'The data of an open trial still grow; close it first.')
    const { size: below } = await this.journal.store.head()
    await this.projections.waitPatiently(below)
    const openQueries = await this.queries.execute(new OpenDataQueries(trial))
    const { idempotencyKey: _key, ...once } = context
    const said = leavingOpen !== undefined && openQueries.length > 0 ? { ...once, reason: leavingOpen } : once
    const checks = await this.training.checkAll(trial, (await this.reader.read(trial)).state.plans.values())
    const leavesOpen = leavingOpen !== undefined
    const command = { type: 'lock-data', below, openQueries, leavesOpen, checks } as const
    return { ...(await this.writer.command(said, { trial, command })), below }
  }
}
