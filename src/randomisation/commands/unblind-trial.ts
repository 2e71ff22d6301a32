import { Command, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { RequireSignature } from '../../signatures/queries/require-signature.js'
import type { BlindableRole } from '../events.js'
import { requireUnblindable } from '../randomisation.js'
import { RandomisationReader } from '../randomisation-reader.js'
import { randomisationStream } from '../randomisation-state.js'
import { RandomisationWriter, type RandomisationReceipt } from '../randomisation-writer.js'

/** Opens the arms of a trial to named roles, once its data are locked, its plans frozen, and somebody else approved by signature. */
export class UnblindTrial extends Command<RandomisationReceipt> {
  constructor(
    readonly context: CommandContext,
    /** `revision`: of the arms' record, as it was approved. */
    readonly asked: { trial: string; revision: number; openTo: readonly BlindableRole[] },
  ) {
    super()
  }
}

@CommandHandler(UnblindTrial)
export class UnblindTrialHandler implements ICommandHandler<UnblindTrial> {
  constructor(
    private readonly writer: RandomisationWriter,
    private readonly reader: RandomisationReader,
    private readonly queries: QueryBus,
  ) {}

  /**
   * @throws Conflict `data-not-locked`, `unlocking-pending`, `analysis-plan-not-frozen`, `arm-open`, `arms-not-designed`
   * @throws Conflict `signature-missing`: nobody approved this revision, or the record changed since
   */
  async execute({ context, asked: { trial, revision, openTo } }: UnblindTrial): Promise<RandomisationReceipt> {
    requireUnblindable((await this.reader.read(trial)).state, openTo)
    const wanted = { stream: randomisationStream(trial), revision, meaning: 'approval' } as const
    const { signature } = await this.queries.execute(new RequireSignature(wanted))
    return this.writer.command(context, { trial, command: { type: 'unblind-trial', openTo, signature } })
  }
}
