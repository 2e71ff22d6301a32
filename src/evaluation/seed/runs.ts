import type { CommandBus } from '@nestjs/cqrs'
import { TwinLedgerError } from '../../platform/errors.js'
import { ReplayRun } from '../../simulations/commands/replay-run.js'
import { RunSimulation } from '../../simulations/commands/run-simulation.js'
import type { DemoActors } from './demo-actors.js'
import type { PlannedRun } from './run-plan.js'
import type { SeedingProgress } from './seeding-progress.js'

/** Of the finished runs so many are executed again, by somebody other than who ordered them. */
const REPLAYED = 3

/** Runs what is planned; who did not consent and what lacks data is refused, and the refusals stay on record. */
export async function seedRuns(
  commands: CommandBus,
  actors: DemoActors,
  progress: SeedingProgress,
  planned: readonly PlannedRun[],
): Promise<void> {
  const completed: string[] = []
  for (const { order } of planned) {
    const name = `run of ${order.model} on ${order.twin}${order.trial === undefined ? '' : ' in the trial'}`
    const run = await progress.once(name, async () => {
      const answer = await orNullIfRefused(() => commands.execute(new RunSimulation(actors.as('modeller'), order)))
      if (answer?.status === 'completed') return answer.run
    })
    if (run !== null) completed.push(run)
  }
  for (const run of completed.slice(0, REPLAYED))
    await progress.once(`replay of ${run}`, async () => {
      await commands.execute(new ReplayRun(actors.as('regulator'), run))
    })
}

/** A refused run is an answer, and an event; only what nobody foresaw ends the seeding. */
async function orNullIfRefused<T>(run: () => Promise<T>): Promise<T | null> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof TwinLedgerError && error.status < 500) return null
    throw error
  }
}
