import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { QueryBus } from '@nestjs/cqrs'
import { EventCatalogue } from '../../src/journal/event-catalogue.js'
import { EVENT_STORE } from '../../src/journal/journal.tokens.js'
import type { EventStore } from '../../src/ledger/event-store.js'
import {
  ReadConfiguration,
  type ConfigurationView,
} from '../../src/operations/configuration/queries/read-configuration.js'
import { readConfiguration } from '../../src/platform/configuration.js'
import { JsonLogger } from '../../src/platform/logging/logger.js'
import { softwareVersion } from '../../src/platform/software-version.js'
import { startService, type RunningService } from '../../src/service.js'
import { expected, refusal } from '../e2e/support/clinic.js'
import { startTestService, type TestService } from '../support/test-service.js'

let test: TestService
let running: RunningService
beforeAll(async () => {
  test = await startTestService()
  running = test.service
})
afterAll(async () => {
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

/** What is on record about configurations, as it is read aloud. */
async function recorded(): Promise<string[]> {
  const store = running.app.get<EventStore>(EVENT_STORE, { strict: false })
  const catalogue = running.app.get(EventCatalogue, { strict: false })
  const types = ['configuration.recorded', 'configuration.changed']
  const events = await store.readAll({ from: 0, limit: 10_000, types })
  return events.map(({ header, payload }) => catalogue.describe(header, JSON.parse(payload!.toString()) as object))
}

// proves TL-OPS-006
describe('the configuration of the service', () => {
  it('is on record from the first start, and shown to those who inspect', async () => {
    const view = await expected<ConfigurationView>(200, test.request('regulator', PATH))
    expect(view).toMatchObject({ instance: 'main', process: 'service', software: { version: softwareVersion() } })
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
