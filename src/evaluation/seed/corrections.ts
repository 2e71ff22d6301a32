import type { CommandBus, QueryBus } from '@nestjs/cqrs'
import { CorrectFact } from '../../twins/commands/correct-fact.js'
import { RecordFacts } from '../../twins/commands/record-facts.js'
import { GetFacts } from '../../twins/queries/get-facts.js'
import type { DemoActors } from './demo-actors.js'
import type { SeededTwin } from './patients.js'
import type { SeedingProgress } from './seeding-progress.js'

const SYSTOLIC = '8480-6'
const LOINC = 'http://loinc.org'

/** A pressure measured at the clinic is mistyped, noticed and corrected: both values stay on record, with the reason. */
export async function seedCorrections(
  commands: CommandBus,
  queries: QueryBus,
  actors: DemoActors,
  progress: SeedingProgress,
  twins: readonly SeededTwin[],
): Promise<void> {
  for (const { twin } of twins) await progress.once(`correction ${twin}`, () => correct(twin))

  async function correct(twin: string): Promise<void> {
    const mistyped = systolic(182)
    await commands.execute(new RecordFacts(actors.as('investigator'), { twin, facts: [mistyped] }))
    const facts = await queries.execute(new GetFacts(actors.as('investigator'), twin, 'full', { code: SYSTOLIC }))
    const target = facts.at(-1)!.id
    await commands.execute(
      new CorrectFact(actors.as('investigator'), {
        twin,
        target,
        replacement: systolic(128),
        reason: 'entry-error',
        explanation: 'Two digits were exchanged when the reading was copied from the device.',
      }),
    )
  }
}

const systolic = (value: number) =>
  ({
    kind: 'observation',
    code: { system: LOINC, code: SYSTOLIC, display: 'Systolic blood pressure' },
    quantity: { value, unit: 'mm[Hg]' },
    status: 'final',
    category: 'vital-signs',
    effective: { at: '2026-10-12T09:30:00+02:00' },
    source: { system: 'evaluation-clinic' },
  }) as const
