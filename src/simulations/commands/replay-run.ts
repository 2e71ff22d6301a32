import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { AccessRecorder } from '../../journal/access-recorder.js'
import type { CommandContext } from '../../journal/command-context.js'
import { runtime } from '../../models/registry/runtime.js'
import { Conflict, Unprocessable } from '../../platform/errors.js'
import type { SimulationReplayed } from '../events.js'
import { comparableCode } from '../comparable-code.js'
import { ModelRunner } from '../execution/model-runner.js'
import { modelInput } from '../inputs/select-inputs.js'
import { firstDifference, outputDigestOf } from '../outputs.js'
import { RunWriter } from '../run-writer.js'

export type ReplayAnswer = SimulationReplayed['data'] & { run: string; position: number }

/**
 * Computes a run again from the ledger alone and records whether the results are equal: once for what caused it, where something
 * did.
 */
export class ReplayRun extends Command<ReplayAnswer> {
  constructor(
    readonly context: CommandContext,
    readonly run: string,
  ) {
    super()
  }
}

@CommandHandler(ReplayRun)
export class ReplayRunHandler implements ICommandHandler<ReplayRun> {
  constructor(
    private readonly runs: RunWriter,
    private readonly runner: ModelRunner,
    private readonly access: AccessRecorder,
  ) {}

  /**
   * @throws NotFound `run-not-found`, `model-not-found`
   * @throws Conflict `run-not-completed`
   * @throws Conflict `model-version-differs`, `model-coefficients-differ`: what would be computed is not what was
   * @throws Unprocessable `run-erased`: the recorded values are gone; `run-failed`: it could not be computed again
   */
  async execute({ context, run }: ReplayRun): Promise<ReplayAnswer> {
    const { state, subject, trial } = await this.runs.existing(run)
    const { status, request, result } = state
    if (status !== 'completed')
      throw new Conflict('run-not-completed', 'Only a completed run can be repeated.', { status })
    if (!request || !result) throw new Unprocessable('run-erased', 'The values of this run were erased.')
    const { inputs, outputs, outputDigest } = result
    const codeDigest = comparableCode(request)
    await this.access.opened(context, { subject, trial, twin: request.twin, what: ['run'], count: inputs.length })
    const { model, version, coefficientDigest } = request
    const reply = await this.runner.run({ model, version, coefficientDigest, input: modelInput(inputs) })
    if (reply.status !== 'completed') {
      const reason = reply.status === 'failed' ? reply.code : 'model-refused'
      throw new Unprocessable('run-failed', 'The run could not be computed again.', { run, reason })
    }
    const difference = firstDifference(outputs, reply.outputs)
    const replay: SimulationReplayed['data'] = {
      equal: outputDigestOf(reply.outputs) === outputDigest,
      ...(difference !== undefined && { firstDifference: difference }),
      codeDigest,
      codeChanged: codeDigest !== request.codeDigest,
      runtime: runtime(),
    }
    const askedBy = context.causation
    const command = { type: 'record-replay', replay, ...(askedBy !== undefined && { askedBy }) } as const
    const { events } = await this.runs.record(context, run, { subject, trial }, command)
    const recorded = events.at(-1)
    return recorded ? { run, ...replay, position: recorded.position } : this.earlier(run, askedBy!)
  }

  /** The comparison that another process recorded meanwhile. */
  private async earlier(run: string, askedBy: string): Promise<ReplayAnswer> {
    const { events } = await this.runs.existing(run)
    const { data, position } = events.find(
      ({ type, header }) => type === 'simulation.replayed' && header.causation === askedBy,
    )!
    return { run, ...(data as SimulationReplayed['data']), position }
  }
}
