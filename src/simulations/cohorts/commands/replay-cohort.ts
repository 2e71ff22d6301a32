import { isDeepStrictEqual } from 'node:util'
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import type { Runtime } from '../../../models/registry/runtime.js'
import { Conflict, Unprocessable } from '../../../platform/errors.js'
import { ReplayRun, type ReplayAnswer } from '../../commands/replay-run.js'
import { RunWriter } from '../../run-writer.js'
import { hasEnded } from '../cohort.js'
import { CohortWriter } from '../cohort-writer.js'
import type { CohortReplayed, ReplayDifference } from '../events.js'
import { BeginRuns } from '../part/begin-runs.js'

export type CohortReplay = CohortReplayed['data'] & { cohort: string; position: number }

/** Computes every completed run of a cohort again, from the ledger alone, and records how many are equal. */
export class ReplayCohort extends Command<CohortReplay> {
  constructor(
    readonly context: CommandContext,
    readonly cohort: string,
  ) {
    super()
  }
}

/** Runs that are computed again at the same time. */
const AT_ONCE = 16

@CommandHandler(ReplayCohort)
export class ReplayCohortHandler implements ICommandHandler<ReplayCohort> {
  constructor(
    private readonly commands: CommandBus,
    private readonly cohorts: CohortWriter,
    private readonly beginning: BeginRuns,
    private readonly runs: RunWriter,
  ) {}

  /** Each comparison is on record at its run too. @throws NotFound `cohort-not-found`; Conflict `cohort-not-ended` */
  async execute({ context: { idempotencyKey: _key, ...context }, cohort }: ReplayCohort): Promise<CohortReplay> {
    const { state, requested } = await this.cohorts.existing(cohort)
    if (!hasEnded(state))
      throw new Conflict('cohort-not-ended', 'The cohort is still running.', { status: state.status })
    const replay: CohortReplayed['data'] = { equal: 0, differing: 0, notRepeatable: 0 }
    for (const [, twins] of state.members) {
      const recorded = await this.runs.findMany(twins.map((twin) => this.beginning.runOf(cohort, twin)))
      const completed = [...recorded].filter(([, run]) => run.state.status === 'completed')
      for (let from = 0; from < completed.length; from += AT_ONCE) {
        const some = completed.slice(from, from + AT_ONCE)
        const answers = await Promise.all(some.map(([run]) => this.repeat(context, run)))
        for (const [index, answer] of answers.entries()) count(replay, answer, some[index]![1].state.request?.runtime)
      }
    }
    const { trial } = requested
    const position = await this.cohorts.record(context, { cohort, trial, command: { type: 'record-replay', replay } })
    return { cohort, ...replay, position: position! }
  }

  /** Null for a run that cannot be computed again here, or any more. */
  private async repeat(context: CommandContext, run: string): Promise<ReplayAnswer | null> {
    try {
      return await this.commands.execute(new ReplayRun(context, run))
    } catch (error) {
      if (error instanceof Unprocessable || error instanceof Conflict) return null
      throw error
    }
  }
}

function count(replay: CohortReplayed['data'], answer: ReplayAnswer | null, recorded: Runtime | undefined): void {
  if (answer === null) replay.notRepeatable++
  else if (answer.equal) replay.equal++
  else {
    replay.differing++
    replay.firstDifference ??= differenceOf(answer, recorded)
  }
}

function differenceOf(
  { run, firstDifference, codeChanged, runtime }: ReplayAnswer,
  recorded?: Runtime,
): ReplayDifference {
  return { run, quantity: firstDifference ?? 'shape', codeChanged, runtime: runtimeDifference(recorded, runtime) }
}

/** The members in which two runtimes differ, as each has them. */
export function runtimeDifference(recorded: Runtime | undefined, again: Runtime): ReplayDifference['runtime'] {
  const names = (Object.keys(again) as (keyof Runtime)[]).filter(
    (name) => !isDeepStrictEqual(recorded?.[name], again[name]),
  )
  const only = (runtime: Runtime | undefined): Partial<Runtime> =>
    Object.fromEntries(names.flatMap((name) => (runtime?.[name] === undefined ? [] : [[name, runtime[name]]])))
  return { recorded: only(recorded), again: only(again) }
}
