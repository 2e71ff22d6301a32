/** Fills an empty evaluation ledger, so that every screen and query has something true to show. */
import type { INestApplicationContext } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { EVENT_STORE } from '../../journal/journal.tokens.js'
import { AdoptBaseline } from '../../frameworks/register/commands/adopt-baseline.js'
import { DEMO_INSTITUTE } from '../../identity/evaluation-issuer/accounts.js'
import type { EventStore } from '../../ledger/event-store.js'
import type { Log } from '../../platform/logging/log.js'
import { ProjectionEngine } from '../../projections/projection-engine.js'
import { ROSTER_STREAM } from '../../roster/events.js'
import { SOURCES_STREAM } from '../../sources/events.js'
import { GetTwin } from '../../twins/queries/get-twin.js'
import { TwinReader } from '../../twins/twin-reader.js'
import { generatePatients } from '../generator/index.js'
import { seedAdvances } from './advances.js'
import { seedConsents } from './consents.js'
import { seedCorrections } from './corrections.js'
import { seedDesigns } from './designs.js'
import type { DemoActors } from './demo-actors.js'
import { seedModels } from './models.js'
import { seedNotices } from './notices.js'
import { importPatient, type SeededTwin } from './patients.js'
import { planRuns } from './run-plan.js'
import { seedPrivacy } from './privacy.js'
import { seedRuns } from './runs.js'
import type { SeedingProgress } from './seeding-progress.js'
import { seedSignatures } from './signatures.js'
import { participantsAmong, seedArms, seedTrial } from './trial.js'

const PATIENTS = { count: 60, seed: 2026, referenceDate: '2026-11-01' }
const CORRECTED = 4

/**
 * Everything goes through the same commands as in earnest. A ledger with any event in it is left alone, unless the filling
 * was interrupted: then it continues.
 */
export async function seedEvaluation(
  app: INestApplicationContext,
  actors: DemoActors,
  progress: SeedingProgress,
  log: Log,
): Promise<void> {
  const store = app.get<EventStore>(EVENT_STORE, { strict: false })
  if ((await holdsMoreThanRegisters(store)) && !progress.interrupted) return
  await progress.once('begun', async () => undefined)
  log.info('Filling the evaluation ledger.', { patients: PATIENTS.count })
  const commands = app.get(CommandBus, { strict: false })
  const queries = app.get(QueryBus, { strict: false })
  const projections = app.get(ProjectionEngine, { strict: false })
  const twins = await importPatients(app, actors, progress)
  // Rights are asked of read models: they must know the twins before people act on them.
  await projections.waitFor((await store.head()).size, 60_000)
  actors.accounts.assign('participant', { subject: twins[0]!.subject })
  // Data permits are issued to an organisation.
  actors.accounts.assign('modeller', { org: DEMO_INSTITUTE })
  await seedCorrections(commands, queries, actors, progress, twins.slice(0, CORRECTED))
  await seedNotices(commands, actors, progress)
  await seedConsents(commands, actors, progress, twins)
  const enrolled = await seedTrial(commands, actors, progress, twins)
  await projections.waitFor((await store.head()).size, 60_000)
  await seedModels(commands, queries, actors, progress)
  await seedAdvances(commands, actors, progress)
  await progress.once('legal register', async () => {
    await commands.execute(new AdoptBaseline(actors.as('compliance')))
  })
  const inTrial = participantsAmong(twins)
  const planned = planRuns(twins, { day: PATIENTS.referenceDate, trial: enrolled.trial, inTrial })
  await seedRuns(commands, actors, progress, planned)
  await seedArms(commands, actors, progress, enrolled)
  await seedDesigns(commands, actors, progress)
  await projections.waitFor((await store.head()).size, 60_000)
  const begun = (await store.readAll({ from: 0, limit: 1, payloads: false }))[0]!.header.recordedAt
  await seedSignatures({ commands, queries, actors, progress }, begun)
  await queries.execute(new GetTwin(actors.as('regulator'), twins[0]!.twin, 'coded'))
  await seedPrivacy(app, actors, progress, twins)
  await projections.waitFor((await store.head()).size, 60_000)
  await progress.once('ended', async () => undefined)
  log.info('The evaluation ledger is filled.', { events: (await store.head()).size })
}

/** Accounts, sources and the configuration are recorded before anything else: a ledger that holds no more than them is empty. */
async function holdsMoreThanRegisters(store: EventStore): Promise<boolean> {
  const first = await store.readAll({ from: 0, limit: 100, payloads: false })
  return first.some(
    ({ header: { stream, type } }) =>
      stream !== ROSTER_STREAM && stream !== SOURCES_STREAM && !type.startsWith('configuration.'),
  )
}

async function importPatients(
  app: INestApplicationContext,
  actors: DemoActors,
  progress: SeedingProgress,
): Promise<SeededTwin[]> {
  const reader = app.get(TwinReader, { strict: false })
  const twins: SeededTwin[] = []
  for (const patient of generatePatients(PATIENTS)) {
    const { profile } = patient
    const twin = await progress.once(
      `patient ${profile.number}`,
      async () => (await importPatient(app, actors, patient)).twin,
    )
    twins.push({ twin: twin!, profile, subject: (await reader.responsible(twin!)).subject })
  }
  return twins
}
