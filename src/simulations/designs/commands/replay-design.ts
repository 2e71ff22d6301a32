import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { Journal } from '../../../journal/journal.js'
import { runtime } from '../../../models/registry/runtime.js'
import { Conflict, Unprocessable } from '../../../platform/errors.js'
import { comparableCode } from '../../comparable-code.js'
import { ModelRunner } from '../../execution/model-runner.js'
import { firstDifference, outputDigestOf } from '../../outputs.js'
import { designDecider, designStream } from '../design.js'
import { DesignReader } from '../design-reader.js'
import type { DesignReplayed } from '../events.js'

export type DesignReplayAnswer = DesignReplayed['data'] & { design: string; position: number }

/** Computes a design again from the ledger alone and records whether the results are equal. */
export class ReplayDesign extends Command<DesignReplayAnswer> {
  constructor(
    readonly context: CommandContext,
    readonly design: string,
  ) {
    super()
  }
}

@CommandHandler(ReplayDesign)
export class ReplayDesignHandler implements ICommandHandler<ReplayDesign> {
  constructor(
    private readonly journal: Journal,
    private readonly reader: DesignReader,
    private readonly runner: ModelRunner,
  ) {}

  /**
   * @throws NotFound `design-not-found`; Conflict `design-not-computed`, `model-version-differs`, `model-coefficients-differ`
   * @throws Unprocessable `run-failed`: it could not be computed again
   */
  async execute({ context, design }: ReplayDesign): Promise<DesignReplayAnswer> {
    const { outcome } = await this.reader.existing(design)
    if (outcome.type !== 'design.computed')
      throw new Conflict('design-not-computed', 'Only a computed design can be repeated.')
    const { model, version, coefficientDigest, parameters, outputs, outputDigest } = outcome.data
    const codeDigest = comparableCode(outcome.data)
    const reply = await this.runner.run({ model, version, coefficientDigest, input: parameters })
    if (reply.status !== 'completed') {
      const reason = reply.status === 'failed' ? reply.code : 'model-refused'
      throw new Unprocessable('run-failed', 'The design could not be computed again.', { design, reason })
    }
    const difference = firstDifference(outputs, reply.outputs)
    const replay: DesignReplayed['data'] = {
      equal: outputDigestOf(reply.outputs) === outputDigest,
      ...(difference !== undefined && { firstDifference: difference }),
      codeDigest,
      codeChanged: codeDigest !== outcome.data.codeDigest,
      runtime: runtime(),
    }
    const { events } = await this.journal.execute(context, {
      stream: designStream(design),
      decider: designDecider,
      command: { type: 'record-replay', replay },
    })
    return { design, ...replay, position: events.at(-1)!.position }
  }
}
