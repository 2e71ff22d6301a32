import type { CommandBus } from '@nestjs/cqrs'
import { TwinLedgerError } from '../../platform/errors.js'
import { ReplayRun } from '../../simulations/commands/replay-run.js'
import { RunSimulation } from '../../simulations/commands/run-simulation.js'
import type { DemoActors } from './demo-actors.js'
import type { SeededTwin } from './patients.js'
import type { SeedingProgress } from './seeding-progress.js'

/** Of the finished runs so many are executed again, by somebody other than who ordered them. */
const REPLAYED = 3

/** One model is approved for research; the other waits for its approval, and a run for decisions is refused until then. */
const USES = { 'cvd.prevent-2023': 'decision', 'ageing.phenoage-2018': 'exploratory' } as const
const MODELS = Object.keys(USES) as (keyof typeof USES)[]

/** Every twin is put to both models; who did not consent and what lacks data is refused, and the refusals stay on record. */
export async function seedRuns(
  commands: CommandBus,
  actors: DemoActors,
  progress: SeedingProgress,
  twins: readonly SeededTwin[],
): Promise<void> {
  const completed: string[] = []
  for (const { twin } of twins) {
    for (const model of MODELS) {
      const order = { twin, model, purpose: 'HRESCH', use: USES[model] } as const
      const run = await progress.once(`run of ${model} on ${twin}`, async () => {
        const answer = await orNullIfRefused(() => commands.execute(new RunSimulation(actors.as('modeller'), order)))
        if (answer?.status === 'completed') return answer.run
      })
      if (run !== null) completed.push(run)
    }
  }
  const early = { twin: twins[0]!.twin, model: 'ageing.phenoage-2018', purpose: 'HRESCH', use: 'decision' } as const
  await progress.once('run before an approval', async () => {
    await orNullIfRefused(() => commands.execute(new RunSimulation(actors.as('modeller'), early)))
  })
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
