import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { IsNull, LessThanOrEqual, Repository } from 'typeorm'
import type { CommandContext } from '../../journal/command-context.js'
import { Conflict } from '../../platform/errors.js'
import { RunRow } from '../run.row.js'
import { RunWriter } from '../run-writer.js'

/** Ends runs that were asked for and never came to an end, because the service died under them. Those of cohorts wait in a queue. */
export class FailInterruptedRuns extends Command<{ failed: number }> {
  constructor(
    readonly context: CommandContext,
    /** RFC 3339, UTC: runs asked for until then. Well before now, so that runs under way are left alone. */
    readonly until: string,
  ) {
    super()
  }
}

@CommandHandler(FailInterruptedRuns)
export class FailInterruptedRunsHandler implements ICommandHandler<FailInterruptedRuns> {
  constructor(
    private readonly runs: RunWriter,
    @InjectRepository(RunRow) private readonly rows: Repository<RunRow>,
  ) {}

  async execute({ context, until }: FailInterruptedRuns): Promise<{ failed: number }> {
    const open = await this.rows.find({
      where: { status: 'requested', requestedAt: LessThanOrEqual(new Date(until)), cohort: IsNull() },
    })
    let failed = 0
    for (const { run, subject, trial } of open) {
      if (await this.fail(context, run, { subject, trial: trial ?? undefined })) failed++
    }
    return { failed }
  }

  /** False for a run that ended meanwhile. */
  private async fail(
    context: CommandContext,
    run: string,
    owner: { subject: string; trial?: string },
  ): Promise<boolean> {
    try {
      await this.runs.record(context, run, owner, { type: 'fail', code: 'interrupted' })
      return true
    } catch (error) {
      if (error instanceof Conflict && error.code === 'run-ended') return false
      throw error
    }
  }
}
