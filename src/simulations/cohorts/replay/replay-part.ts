import { isDeepStrictEqual } from 'node:util'
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { asService } from '../../../journal/service-actor.js'
import type { Runtime } from '../../../models/registry/runtime.js'
import { Conflict, Unavailable, Unprocessable } from '../../../platform/errors.js'
import { ReplayRun } from '../../commands/replay-run.js'
import type { SimulationReplayed } from '../../events.js'
import { RunWriter, type RecordedRun } from '../../run-writer.js'
import { CohortWriter } from '../cohort-writer.js'
import type { ReplayCounts, ReplayDifference } from '../events.js'
import { BeginRuns } from '../part/begin-runs.js'
import type { CohortPart } from '../queue/cohort-queue.js'
import { sumOfCounts } from './replay-state.js'

type ReplayedPart = CohortPart & { replay: string }
type Comparison = SimulationReplayed['data']

/** Computes the completed runs of one part again and compares. Sent again, it leaves alone what it has compared already. */
export class ReplayPart extends Command<void> {
  constructor(
    readonly part: ReplayedPart,
    /** Aborted with `cancelled` when the replay was, with `interrupted` when the part is to be left for others. */
    readonly signal: AbortSignal,
  ) {
    super()
  }
}

/** Runs that are computed again at the same time. */
const AT_ONCE = 16

@CommandHandler(ReplayPart)
export class ReplayPartHandler implements ICommandHandler<ReplayPart> {
  constructor(
    private readonly commands: CommandBus,
    private readonly cohorts: CohortWriter,
    private readonly beginning: BeginRuns,
    private readonly runs: RunWriter,
  ) {}

  /** @throws Unavailable `part-interrupted`: it is to be sent again; errors of a store that is away */
  async execute({ part: { cohort, part, replay }, signal }: ReplayPart): Promise<void> {
    const { state, requested } = await this.cohorts.existing(cohort)
    const found = state.replays.get(replay)
    if (found?.status !== 'running' || found.finished.has(part)) return
    const { actor, correlation, event: causation } = found.asked
    const twins = state.members.get(part) ?? []
    const recorded = await this.runs.findMany(twins.map((twin) => this.beginning.runOf(cohort, twin)))
    const completed = [...recorded].filter(([, run]) => run.state.status === 'completed')
    const compared: ReplayCounts[] = []
    for (let from = 0; from < completed.length; from += AT_ONCE) {
      if (signal.reason === 'interrupted') throw new Unavailable('part-interrupted', 'The part is left for others.')
      if (signal.aborted) return
      const some = completed.slice(from, from + AT_ONCE)
      const repeat = ([run, earlier]: [string, RecordedRun]) =>
        this.compare({ actor, correlation, causation }, run, earlier)
      compared.push(...(await Promise.all(some.map(repeat))))
    }
    const command = { type: 'finish-replay-part', replay, part, counts: sumOfCounts(compared) } as const
    await this.cohorts.record({ ...asService(), correlation, causation }, { cohort, trial: requested.trial, command })
  }

  private async compare(
    context: CommandContext & { causation: string },
    run: string,
    { state, events }: RecordedRun,
  ): Promise<ReplayCounts> {
    const earlier = events.find(
      ({ type, header }) => type === 'simulation.replayed' && header.causation === context.causation,
    )
    const comparison = earlier ? (earlier.data as Comparison) : await this.repeat(context, run)
    return countsOf(run, comparison, state.request?.runtime)
  }

  /** Null for a run that cannot be computed again here, or any more. */
  private async repeat(context: CommandContext, run: string): Promise<Comparison | null> {
    try {
      return await this.commands.execute(new ReplayRun(context, run))
    } catch (error) {
      if (error instanceof Unprocessable || error instanceof Conflict) return null
      throw error
    }
  }
}

function countsOf(run: string, comparison: Comparison | null, recorded: Runtime | undefined): ReplayCounts {
  if (comparison === null) return { equal: 0, differing: 0, notRepeatable: 1 }
  if (comparison.equal) return { equal: 1, differing: 0, notRepeatable: 0 }
  return { equal: 0, differing: 1, notRepeatable: 0, firstDifference: differenceOf(run, comparison, recorded) }
}

function differenceOf(
  run: string,
  { firstDifference, codeChanged, runtime }: Comparison,
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
