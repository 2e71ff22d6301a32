import { randomUUID } from 'node:crypto'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { Journal } from '../../../journal/journal.js'
import { modelDigests } from '../../../models/registry/model-digests.js'
import { runtime } from '../../../models/registry/runtime.js'
import type { ModelReply } from '../../execution/model-request.js'
import { ModelRunner } from '../../execution/model-runner.js'
import type { StatedParameters } from '../../inputs/selection.js'
import { outputDigestOf } from '../../outputs.js'
import { designDecider, designStream, statusOf, type DesignOutcome, type DesignStatus } from '../design.js'
import { designModel } from '../design-models.js'
import type { DesignRequest } from '../events.js'

export interface DesignOrder {
  model: string
  parameters: StatedParameters
  /** That no row of participants is of a real person. */
  simulatedParticipants?: boolean
  /** Random id of the trial that is being designed. */
  trial?: string
}

export interface DesignAnswer {
  design: string
  status: DesignStatus
  position: number
}

/** Computes a design from what is stated, apart from the service's own thread, and records whatever comes of it. */
export class ComputeDesign extends Command<DesignAnswer> {
  constructor(
    readonly context: CommandContext,
    readonly order: DesignOrder,
  ) {
    super()
  }
}

@CommandHandler(ComputeDesign)
export class ComputeDesignHandler implements ICommandHandler<ComputeDesign> {
  constructor(
    private readonly journal: Journal,
    private readonly runner: ModelRunner,
  ) {}

  /** A refusal or a failure is an answer, and recorded. @throws the errors of `designModel`, before anything is recorded */
  async execute({ context, order }: ComputeDesign): Promise<DesignAnswer> {
    const { parameters, trial, simulatedParticipants = false } = order
    const model = designModel(order.model, parameters, simulatedParticipants)
    const { code, coefficients } = modelDigests(model)
    const request: DesignRequest = {
      model: model.id,
      version: model.version,
      codeDigest: code,
      coefficientDigest: coefficients,
      parameters,
      ...(simulatedParticipants && { simulatedParticipants }),
      runtime: runtime(),
    }
    const { model: id, version, coefficientDigest } = request
    const outcome = outcomeOf(
      request,
      await this.runner.run({ model: id, version, coefficientDigest, input: parameters }),
    )
    const design = this.newId(context)
    const { events } = await this.journal.execute(context, {
      stream: designStream(design),
      decider: designDecider,
      command: { type: 'end', outcome },
      ...(trial !== undefined && { trial }),
    })
    return { design, status: statusOf(outcome), position: events.at(-1)!.position }
  }

  private newId({ idempotencyKey, actor }: CommandContext): string {
    return idempotencyKey === undefined ? randomUUID() : this.journal.deriveEventId('design', actor.id, idempotencyKey)
  }
}

function outcomeOf(request: DesignRequest, reply: ModelReply): DesignOutcome {
  switch (reply.status) {
    case 'refused':
      return { type: 'design.refused', data: { ...request, reasons: reply.reasons } }
    case 'failed':
      return { type: 'design.failed', data: { ...request, code: reply.code } }
    case 'cancelled':
      return { type: 'design.failed', data: { ...request, code: 'cancelled' } }
    case 'completed': {
      const { outputs } = reply
      return { type: 'design.computed', data: { ...request, outputs, outputDigest: outputDigestOf(outputs) } }
    }
  }
}
