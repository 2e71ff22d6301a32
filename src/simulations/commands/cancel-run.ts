import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { RunsUnderWay } from '../execution/runs-under-way.js'
import type { RunStatus } from '../simulation.js'
import { RunWriter } from '../run-writer.js'

export interface CancelAnswer {
  run: string
  status: RunStatus
  /** Of the last event. */
  position: number
}

/** Ends a run whose result is not wanted any more; where it is computed, it is stopped. */
export class CancelRun extends Command<CancelAnswer> {
  constructor(
    readonly context: CommandContext,
    readonly run: string,
  ) {
    super()
  }
}

@CommandHandler(CancelRun)
export class CancelRunHandler implements ICommandHandler<CancelRun> {
  constructor(
    private readonly runs: RunWriter,
    private readonly underWay: RunsUnderWay,
  ) {}

  /** @throws NotFound `run-not-found`; Conflict `run-ended` */
  async execute({ context, run }: CancelRun): Promise<CancelAnswer> {
    const { subject, trial } = await this.runs.existing(run)
    const { events } = await this.runs.record(context, run, { subject, trial }, { type: 'cancel', by: 'run' })
    this.underWay.cancel(run)
    return { run, status: 'cancelled', position: events.at(-1)!.position }
  }
}
