import { createHash } from 'node:crypto'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { canonicalJson } from '../../ledger/canonical-json.js'
import { Conflict, NotFound } from '../../platform/errors.js'
import type { AnalysisPlan } from '../events.js'
import { RandomisationReader } from '../randomisation-reader.js'
import { RandomisationWriter, type RandomisationReceipt } from '../randomisation-writer.js'
import { TrainingOverlap } from '../training-overlap.js'
import { scoreOf } from './register-plan.js'

/** Freezes an analysis plan with its score and designs under one digest. After unblinding it is marked so. */
export class FreezePlan extends Command<RandomisationReceipt & { digest: string }> {
  constructor(
    readonly context: CommandContext,
    readonly asked: { trial: string; plan: string },
  ) {
    super()
  }
}

@CommandHandler(FreezePlan)
export class FreezePlanHandler implements ICommandHandler<FreezePlan> {
  constructor(
    private readonly writer: RandomisationWriter,
    private readonly reader: RandomisationReader,
    private readonly training: TrainingOverlap,
  ) {}

  /**
   * @throws NotFound `analysis-plan-not-found`
   * @throws Conflict `analysis-plan-frozen`, `prognostic-score-changed`: the model is not what was registered
   */
  async execute({ context, asked }: FreezePlan): Promise<RandomisationReceipt & { digest: string }> {
    const { state } = await this.reader.read(asked.trial)
    const registered = state.plans.get(asked.plan)
    if (!registered) throw new NotFound('analysis-plan-not-found', 'There is no such analysis plan.')
    const { plan, version, digest: document, score, designs, trainedOn } = registered
    if (score && canonicalJson(scoreOf(score.model)) !== canonicalJson(score))
      throw new Conflict(
        'prognostic-score-changed',
        'The model of the prognostic score changed since it was registered.',
      )
    const fitted = { ...(score && { score }), ...(trainedOn !== undefined && { trainedOn }) }
    const digest = digestOf({ plan, version, digest: document, ...fitted, designs })
    const check = await this.training.check(asked.trial, registered)
    const command = { type: 'freeze-plan', plan, digest, check } as const
    return { ...(await this.writer.command(context, { trial: asked.trial, command })), digest }
  }
}

function digestOf(plan: AnalysisPlan): string {
  return createHash('sha256').update(canonicalJson(plan)).digest('hex')
}
