import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { EventCatalogue } from '../../src/journal/event-catalogue.js'
import { asService } from '../../src/journal/service-actor.js'
import { EVENT_STORE } from '../../src/journal/journal.tokens.js'
import type { EventStore } from '../../src/ledger/event-store.js'
import {
  ReadConfiguration,
  type ConfigurationView,
} from '../../src/operations/configuration/queries/read-configuration.js'
import { Journal } from '../../src/journal/journal.js'
import { until } from '../support/until.js'
import { MeasureClock } from '../../src/operations/clock/commands/measure-clock.js'
import type { ClockReport } from '../../src/operations/clock/queries/read-clock-drifts.js'
import { readConfiguration } from '../../src/platform/configuration.js'
import { JsonLogger } from '../../src/platform/logging/logger.js'
import { projectRoot } from '../../src/platform/project-root.js'
import { softwareVersion } from '../../src/platform/software-version.js'
import { startService, type RunningService } from '../../src/service.js'
import { expected, refusal } from '../e2e/support/clinic.js'
import { withoutSweeps } from '../support/no-sweeps.js'
import { startTestService, type TestService } from '../support/test-service.js'

let test: TestService
let running: RunningService
/** Milliseconds by which the service's clock is wrong. */
let wrongBy = 0
beforeAll(async () => {
  withoutSweeps()
  const right = Date.now.bind(Date)
  jest.spyOn(Date, 'now').mockImplementation(() => right() + wrongBy)
  test = await startTestService()
  running = test.service
})
afterAll(async () => {
  jest.restoreAllMocks()
  await running.shutdown.run()
  await test.stop()
})

const PATH = '/api/v1/operations/configuration'

/** Stops what runs and starts it again on the same database and folder, with these settings beside the others. */
async function restart(changes: NodeJS.ProcessEnv): Promise<void> {
  await running.shutdown.run()
  const { configuration } = readConfiguration({ ...test.environment, ...changes })
  running = await startService(configuration, new JsonLogger('silent'))
}

/** What is on record of some types, as it is read aloud. */
async function recorded(types = ['configuration.recorded', 'configuration.changed']): Promise<string[]> {
  const store = running.app.get<EventStore>(EVENT_STORE, { strict: false })
  const catalogue = running.app.get(EventCatalogue, { strict: false })
  const events = await store.readAll({ from: 0, limit: 10_000, types })
  return events.map(({ header, payload }) => catalogue.describe(header, JSON.parse(payload!.toString()) as object))
}

const HOUR_MS = 3_600_000

// proves TL-OPS-010
describe('the clock of the service', () => {
  const measure = () => test.service.app.get(CommandBus, { strict: false }).execute(new MeasureClock(asService()))
  const report = () => expected<ClockReport>(200, test.request('qa', '/api/v1/operations/clock'))
  const metrics = async () => (await test.request(null, '/metrics')).text()

  it('is measured against log and database, and said to be right', async () => {
    await measure()
    const { readings, drifts } = await report()
    expect(readings.map(({ against }) => against)).toEqual(['log', 'database'])
    expect(drifts).toEqual([])
    expect(await metrics()).toContain('clock_drift_open{against="database"} 0')
  })

  it('that jumps back is on record as soon as something is written, once however often it is measured', async () => {
    wrongBy = -HOUR_MS
    const event = { type: 'projection.resumed', data: { projection: 'audit' } }
    const stream = `projection-${randomUUID()}`
    const journal = test.service.app.get(Journal, { strict: false })
    await journal.append(asService(), [{ stream, expectedRevision: 'no-stream', entries: [{ event }] }])
    const began = () => recorded(['clock.drift-began'])
    await until('both alarms', async () => (await began()).length === 2)
    await measure()
    expect(await began()).toEqual([
      expect.stringMatching(/^The clock of main was found 3[56]\d{5} ms behind the last time of the log, more than/),
      expect.stringMatching(/^The clock of main was found 3[56]\d{5} ms behind the clock of the database, more than/),
    ])
    const ready = (await (await fetch(`${test.url}/health/ready`)).json()) as { checks: Record<string, object> }
    expect(ready.checks.clock).toEqual({ ok: true, detail: expect.stringMatching(/^-3[56]\d{5} ms against the log/) })
    expect(await (await fetch(`${test.url}/metrics`)).text()).toContain('clock_drift_open{against="log"} 1')
  })

  it('that is right again is on record too, with the largest difference, and all of it in the trail', async () => {
    wrongBy = 0
    await measure()
    await measure()
    expect(await recorded(['clock.drift-ended'])).toHaveLength(2)
    const { drifts } = await report()
    expect(drifts.map(({ against }) => against).sort()).toEqual(['database', 'log'])
    for (const { from, to, largestMs } of drifts) {
      expect(Date.parse(to!)).toBeGreaterThan(Date.parse(from))
      expect(Math.round(largestMs! / HOUR_MS)).toBe(1)
    }
    expect(await metrics()).toContain('security_alerts_total{kind="clock-drift"} 2')
    const trail = test.request('regulator', '/api/v1/audit?type=clock.drift-ended')
    expect((await expected<{ entries: object[] }>(200, trail)).entries).toHaveLength(2)
  })
})

// proves TL-OPS-006
describe('the configuration of the service', () => {
  it('is on record from the first start, and shown to those who inspect', async () => {
    const view = await expected<ConfigurationView>(200, test.request('regulator', PATH))
    expect(view).toMatchObject({ instance: 'main', process: 'service', software: { version: softwareVersion() } })
    const digest = expect.stringMatching(/^[0-9a-f]{64}$/)
    const matrix = readFileSync(join(projectRoot(), 'compliance', 'requirements.json'))
    const requirements = createHash('sha256').update(matrix).digest('hex')
    expect(view.software).toEqual({
      version: softwareVersion(),
      node: process.versions.node,
      build: digest,
      requirements,
    })
    expect(view.settings).toMatchObject({ LOG_LEVEL: { value: 'info' }, TWIN_LEDGER_DEMO: { value: 'off' } })
    expect(view.settings.DATABASE_URL).toEqual({ fingerprint: expect.stringMatching(/^[\w-]{22}$/) })
    expect(await refusal(test.request('sponsor', PATH))).toEqual([403, 'action-not-permitted'])
    const unknown = await refusal(test.request('qa', `${PATH}?instance=other`))
    expect(unknown).toEqual([404, 'configuration-not-recorded'])
    const before = await refusal(test.request('qa', `${PATH}?asOf=2020-01-01T00:00:00Z`))
    expect(before).toEqual([404, 'configuration-not-recorded'])
  })

  it('is seen in the audit trail', async () => {
    const trail = test.request('qa', '/api/v1/audit?type=configuration.recorded')
    const { entries } = await expected<{ entries: { sentence: string; actor: { role: string } }[] }>(200, trail)
    expect(entries).toEqual([
      expect.objectContaining({
        actor: expect.objectContaining({ role: 'service' }),
        sentence: expect.stringContaining('The service main started for the first time'),
      }),
    ])
  })

  it('is recorded again when it changed, once, and not when it did not', async () => {
    await restart({})
    expect(await recorded()).toHaveLength(1)
    await restart({ SIGNING_IDLE_SECONDS: '600', ROSTER_FOUNDERS: 'administrator:ada' })
    const [, changed, ...more] = await recorded()
    expect(more).toEqual([])
    expect(changed).toBe(
      'The service main started with another configuration: ROSTER_FOUNDERS (not shown) was set; SIGNING_IDLE_SECONDS from 900 to 600.',
    )
    await restart({ SIGNING_IDLE_SECONDS: '600', ROSTER_FOUNDERS: 'administrator:ada' })
    expect(await recorded()).toHaveLength(2)
  })

  it('is that of each instance, and can be asked as of a time', async () => {
    const before = new Date().toISOString()
    await restart({ INSTANCE_NAME: 'second', LOG_LEVEL: 'warn' })
    expect(await recorded()).toHaveLength(3)
    const queries = running.app.get(QueryBus, { strict: false })
    expect((await queries.execute(new ReadConfiguration())).settings.LOG_LEVEL).toEqual({ value: 'warn' })
    const main = await queries.execute(new ReadConfiguration('service', 'main', before))
    expect(main.settings).toMatchObject({ LOG_LEVEL: { value: 'info' }, SIGNING_IDLE_SECONDS: { value: '600' } })
  })
})

// proves TL-OPS-011
describe('a log that was restored', () => {
  it('is on record once, with what was verified, from the first start on it', async () => {
    const root = 'q'.repeat(43) + '='
    await test.db.ownerPool.query(
      `insert into ledger.restoration (size, root, payloads, deleted) values (12, $1, 11, 1)`,
      [root],
    )
    for (let starts = 0; starts < 2; starts++) {
      await restart({})
      expect(await recorded(['log.restored'])).toEqual([
        expect.stringMatching(
          /^The service started on a log that was restored at .*: 12 entries under root q+=, 11 payloads/,
        ),
      ])
    }
  })
})
