import type { CommandBus } from '@nestjs/cqrs'
import { ComputeDesign, type DesignOrder } from '../../simulations/designs/commands/compute-design.js'
import { ReplayDesign } from '../../simulations/designs/commands/replay-design.js'
import type { DemoActors } from './demo-actors.js'
import type { SeedingProgress } from './seeding-progress.js'

/** Twelve made-up participants: arm, baseline, outcome. */
const PARTICIPANTS = [
  ...[52, 48, 55, 61, 47, 58].map((y, place) => ({ id: place + 1, trt: 0, x: 45 + place, y })),
  ...[49, 44, 50, 53, 42, 51].map((y, place) => ({ id: place + 7, trt: 1, x: 44 + place, y })),
]

/**
 * The machinery of a virtualised trial, step by step: how many people without and with a prognostic score, when to look at the
 * results, the random numbers of the allocation, the analysis; and one design that its model refuses.
 */
export const DESIGNS: readonly DesignOrder[] = [
  { model: 'trial.sample-size', parameters: { kind: 'two means t-test', delta: 3, sd: 10, power: 0.9 } },
  { model: 'trial.sample-size', parameters: { kind: 'two means t-test', delta: 3, sd: 10, rho: 0.45, power: 0.9 } },
  {
    model: 'trial.procova-power',
    parameters: { fn: 'power_gs', variance: 6, ate: 1, n: 200, r: 2, margin: 0.5, alpha: 0.05 },
  },
  {
    model: 'trial.group-sequential',
    parameters: { design: 'OF3', alpha_one_sided: 0.025, informationRates: [1 / 3, 2 / 3, 1] },
  },
  { model: 'rng', parameters: { alg: 'pcg32 XSH-RR', seed: '2026', stream: '1', count: 24 } },
  {
    model: 'trial.analysis',
    parameters: { data: PARTICIPANTS, method: 'lm y~trt ; lm y~trt+x' },
    simulatedParticipants: true,
  },
  { model: 'trial.sample-size', parameters: { kind: 'two means t-test', delta: 0, sd: 10, power: 0.9 } },
]

/** Computes them as the modeller; a regulator repeats the first. */
export async function seedDesigns(commands: CommandBus, actors: DemoActors, progress: SeedingProgress): Promise<void> {
  for (const [place, order] of DESIGNS.entries()) {
    await progress.once(`design ${place}`, async () => {
      const { design, status } = await commands.execute(new ComputeDesign(actors.as('modeller'), order))
      if (place === 0 && status === 'computed') await commands.execute(new ReplayDesign(actors.as('regulator'), design))
    })
  }
}
