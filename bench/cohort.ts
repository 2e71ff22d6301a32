/** How many runs a second a cohort makes from recorded data, every run with its consent, its request and its result on record. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { CommandBus } from '@nestjs/cqrs'
import { NestFactory } from '@nestjs/core'
import { AppModule } from '../src/app.module.js'
import { openAuthentication } from '../src/authentication.js'
import { Journal } from '../src/journal/journal.js'
import { EVENT_STORE } from '../src/journal/journal.tokens.js'
import type { EventStore } from '../src/ledger/event-store.js'
import { readConfiguration } from '../src/platform/configuration.js'
import { openDatabase } from '../src/platform/database/open-database.js'
import { createPool } from '../src/platform/database/pool.js'
import { JsonLogger } from '../src/platform/logging/logger.js'
import { Shutdown } from '../src/platform/shutdown.js'
import { ProjectionEngine } from '../src/projections/projection-engine.js'
import { hasEnded, sumOf } from '../src/simulations/cohorts/cohort.js'
import { CohortWriter } from '../src/simulations/cohorts/cohort-writer.js'
import { RequestCohort } from '../src/simulations/cohorts/commands/request-cohort.js'
import type { BenchOptions } from './run.js'
import { machine } from './support/machine.js'
import { writePreventTwins } from './support/prevent-twins.js'

const SIZES = [100, 1_000, 10_000, 100_000]
const DEFAULT_LARGEST = 10_000
const READ_MODEL_PATIENCE_MS = 600_000
const ORDER = { model: 'cvd.prevent-2023', purpose: 'HRESCH', day: '2026-06-01' } as const

/** @param events the largest cohort */
export async function cohortBench({ events: largest = DEFAULT_LARGEST }: BenchOptions): Promise<object> {
  const folder = await mkdtemp(join(tmpdir(), 'twin-ledger-bench-'))
  const { configuration } = readConfiguration({
    ...process.env,
    TWIN_LEDGER_DATA: folder,
    TWIN_LEDGER_DEMO: 'off',
    LOG_LEVEL: 'error',
  })
  const logger = new JsonLogger('error')
  const shutdown = new Shutdown({ log: logger })
  const database = await openDatabase(configuration, logger)
  shutdown.onPhase('stop-database', 'database', () => database.close())
  const { serviceUrl } = database
  const authentication = await openAuthentication(configuration)
  const app = await NestFactory.createApplicationContext(
    AppModule.register({ configuration, logger, shutdown, serviceUrl, authentication }),
    { logger, abortOnError: false },
  )
  const pool = createPool(database.ownerUrl, { max: 1 })
  try {
    const store = app.get<EventStore>(EVENT_STORE)
    const readModels = app.get(ProjectionEngine)
    const written = performance.now()
    const twins = await writePreventTwins(app.get(Journal), largest)
    const writtenMs = performance.now() - written
    const caughtUp = async () => readModels.waitFor((await store.head()).size, READ_MODEL_PATIENCE_MS)
    await caughtUp()

    const cohorts = app.get(CohortWriter, { strict: false })
    const measure = async (size: number) => {
      const context = { actor: { id: 'bench', role: 'modeller' }, correlation: randomUUID() }
      const order = new RequestCohort(context, ORDER, { twins: twins.slice(0, size) }, {})
      const from = performance.now()
      const cpu = process.cpuUsage()
      const { cohort } = await app.get(CommandBus).execute(order)
      let state = (await cohorts.existing(cohort)).state
      while (!hasEnded(state)) {
        await delay(20)
        state = (await cohorts.existing(cohort)).state
      }
      const ms = performance.now() - from
      const { user, system } = process.cpuUsage(cpu)
      await caughtUp()
      const readModelsMs = performance.now() - from
      return {
        twins: size,
        outcomes: sumOf(state.finished.values()),
        'seconds to the last recorded outcome': ms / 1_000,
        'runs/s': size / (ms / 1_000),
        'processor time of Node.js, all threads (ms a run)': (user + system) / 1_000 / size,
        'seconds until read models show it': readModelsMs / 1_000,
      }
    }
    await measure(Math.min(100, largest))
    const measured: object[] = []
    for (const size of SIZES.filter((each) => each <= largest)) measured.push(await measure(size))
    return {
      machine: await machine(pool),
      slots: configuration.cohortSlots,
      'twins written beforehand': { twins: largest, events: largest * 13, seconds: writtenMs / 1_000 },
      cohorts: measured,
    }
  } finally {
    await pool.end()
    await app.close()
    await shutdown.run()
    await rm(folder, { recursive: true, force: true })
  }
}
