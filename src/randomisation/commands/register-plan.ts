import { randomUUID } from 'node:crypto'
import { Command, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { findModel } from '../../models/registry/find-model.js'
import { modelDigests } from '../../models/registry/model-digests.js'
import { Conflict, InvalidRequest } from '../../platform/errors.js'
import { GetDesign } from '../../simulations/designs/queries/get-design.js'
import type { AnalysisPlan, PrognosticScore } from '../events.js'
import { RandomisationWriter, type RandomisationReceipt } from '../randomisation-writer.js'
import { TrainingOverlap } from '../training-overlap.js'

export interface PlanToRegister {
  trial: string
  version: string
  /** SHA-256, hexadecimal, of the document. */
  digest: string
  /** Model id of the prognostic score. */
  score?: string
  designs: readonly string[]
  /** Cohort that the score was fitted on; absent: it comes from elsewhere. */
  trainedOn?: string
}

/** Registers an analysis plan by the digest of its document, with the score it adjusts for and the designs it rests on. */
export class RegisterPlan extends Command<RandomisationReceipt & { plan: string }> {
  constructor(
    readonly context: CommandContext,
    readonly asked: PlanToRegister,
  ) {
    super()
  }
}

@CommandHandler(RegisterPlan)
export class RegisterPlanHandler implements ICommandHandler<RegisterPlan> {
  constructor(
    private readonly writer: RandomisationWriter,
    private readonly journal: Journal,
    private readonly queries: QueryBus,
    private readonly training: TrainingOverlap,
  ) {}

  /**
   * @throws NotFound `model-not-found`, `design-not-found`, `cohort-not-found`; Conflict `design-not-computed`
   * @throws InvalidRequest `training-without-score`
   */
  async execute({ context, asked }: RegisterPlan): Promise<RandomisationReceipt & { plan: string }> {
    const { trial, version, digest, score, trainedOn } = asked
    if (trainedOn !== undefined && score === undefined)
      throw new InvalidRequest('training-without-score', 'A plan without a score was fitted on nobody.')
    const { idempotencyKey: key, actor } = context
    const plan = key === undefined ? randomUUID() : this.journal.deriveEventId('analysis-plan', actor.id, key, trial)
    const designs = await Promise.all(asked.designs.map((design) => this.computed(design)))
    const fitted = { ...(score && { score: scoreOf(score) }), ...(trainedOn !== undefined && { trainedOn }) }
    const registered: AnalysisPlan = { plan, version, digest, ...fitted, designs }
    const check = await this.training.check(trial, registered)
    const command = { type: 'register-plan', plan: registered, check } as const
    const receipt = await this.writer.command(context, { trial, command })
    return { ...receipt, plan }
  }

  private async computed(design: string): Promise<AnalysisPlan['designs'][number]> {
    const { outcome } = await this.queries.execute(new GetDesign(design))
    if (!('outputDigest' in outcome))
      throw new Conflict('design-not-computed', 'A plan rests on designs that were computed.')
    return { design, outputDigest: outcome.outputDigest }
  }
}

/** @throws NotFound `model-not-found` */
export function scoreOf(id: string): PrognosticScore {
  const model = findModel(id)
  const { code, coefficients } = modelDigests(model)
  return { model: model.id, version: model.version, codeDigest: code, coefficientDigest: coefficients }
}
