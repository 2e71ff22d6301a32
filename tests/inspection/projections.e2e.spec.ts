import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { INestApplicationContext } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { Command } from 'commander'
import type { Pool } from 'pg'
import { AppModule } from '../../src/app.module.js'
import { openAuthentication } from '../../src/authentication.js'
import { addLogArchiveCommands } from '../../src/cli/log-archive.js'
import { EVENT_STORE } from '../../src/journal/journal.tokens.js'
import type { EventStore } from '../../src/ledger/event-store.js'
import { readConfiguration } from '../../src/platform/configuration.js'
import { JsonLogger } from '../../src/platform/logging/logger.js'
import { Shutdown } from '../../src/platform/shutdown.js'
import { ProjectionEngine } from '../../src/projections/projection-engine.js'
import { expected, send } from '../e2e/support/clinic.js'
import { exampleBody, type OpenApi } from '../identity/support/example-bodies.js'
import { peopleAndTrials } from '../identity/support/people-and-trials.js'
import { withoutSweeps } from '../support/no-sweeps.js'
import { createTestDatabase, type TestDatabase } from '../support/test-database.js'
import { startTestService, type TestService } from '../support/test-service.js'
import { until } from '../support/until.js'

const headOf = async (app: INestApplicationContext) => app.get<EventStore>(EVENT_STORE, { strict: false }).head()
const caughtUp = async (app: INestApplicationContext): Promise<void> => {
  const { size } = await headOf(app)
  await until('the read models', () => app.get(ProjectionEngine, { strict: false }).position() >= size)
}

/** How many rows each table of the read models has, and a digest over them in any order. */
async function readModels(pool: Pool): Promise<Record<string, string>> {
  const { rows } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables
      where table_schema = 'read' and table_type = 'BASE TABLE' and table_name <> 'projection' order by 1`,
  )
  const digests: Record<string, string> = {}
  for (const { name } of rows) {
    const digest = await pool.query<{ digest: string }>(
      `select count(*) || ' rows, ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as digest from read.${name} t`,
    )
    digests[name] = digest.rows[0]!.digest
  }
  return digests
}

describe('read models over HTTP', () => {
  let test: TestService
  beforeAll(async () => {
    withoutSweeps()
    test = await startTestService()
  })
  afterAll(() => test.stop())

  const post = (as: string, path: string, body = '{}') =>
    test.request(as, path, { method: 'POST', headers: { 'content-type': 'application/json' }, body })

  it('are managed by an administrator alone', async () => {
    for (const account of ['regulator', 'compliance', 'steward', 'qa'])
      expect((await post(account, '/api/v1/projections/audit/rebuild')).status).toBe(403)
  })

  it('are rebuilt while they serve, and the rebuild is on record', async () => {
    const answer = await post('administrator', '/api/v1/projections/audit/rebuild')
    const rebuilt = (await answer.json()) as { projection: string; equal: Record<string, boolean> }
    expect([answer.status, rebuilt.projection]).toEqual([200, 'audit'])
    expect(Object.values(rebuilt.equal)).not.toContain(false)
    const size = (await (await test.request(null, '/log/checkpoint')).text()).split('\n')[1]!
    const headers = { 'ledger-wait-for': size }
    const trail = await test.request('regulator', '/api/v1/audit?type=projection.rebuilt', { headers })
    expect(((await trail.json()) as { entries: { sentence: string }[] }).entries[0]!.sentence).toMatch(
      /audit was rebuilt/,
    )
  })

  it('say how far they are', async () => {
    const status = (await (await test.request('administrator', '/api/v1/projections')).json()) as {
      name: string
      status: string
    }[]
    expect(status.map(({ name }) => name)).toContain('twins')
    expect(new Set(status.map(({ status: state }) => state))).toEqual(new Set(['running']))
  })

  it('that do not exist are not found', async () => {
    expect((await post('administrator', '/api/v1/projections/none/resume')).status).toBe(404)
  })

  // proves TL-LED-011, TL-PRJ-001
  describe('of a log that was exported and restored into an empty database', () => {
    let restored: TestDatabase
    let folder: string
    const shutdown = new Shutdown()
    beforeAll(async () => {
      restored = await createTestDatabase({ empty: true })
      folder = await mkdtemp(join(tmpdir(), 'twin-ledger-restored-'))
      const { within } = await peopleAndTrials(test, (await openAuthentication(test.configuration)).issuer!)
      const { subject } = within.participant!
      const wish = { subject, kind: 'access', channel: 'electronic', statement: 'What do you know of me?' }
      await expected(201, send(test, 'compliance', '/api/v1/privacy/requests', wish))
      const document = await expected<OpenApi>(200, test.request(null, '/api/openapi.json'))
      const breach = exampleBody(document, 'POST', '/api/v1/breaches')!
      await expected(201, send(test, 'compliance', '/api/v1/breaches', breach))
      await expected(200, send(test, 'compliance', '/api/v1/frameworks/baseline', {}))
      await expected(200, send(test, 'modeller', '/api/v1/advances/starting-content', {}))
    })
    afterAll(async () => {
      await shutdown.run()
      await restored.drop()
      await rm(folder, { recursive: true, force: true })
    })

    /** `twin-ledger log …`, answering what it said. */
    async function logCommand(...words: string[]): Promise<string> {
      const vkey = await (await fetch(`${test.url}/log/vkey`)).text()
      const said = jest.spyOn(process.stdout, 'write').mockReturnValue(true)
      const log = new Command('log')
      addLogArchiveCommands(log)
      await log.parseAsync([...words, '--vkey', vkey.trim()], { from: 'user' })
      const text = said.mock.calls.map(([line]) => String(line)).join('')
      said.mockRestore()
      return text
    }

    /** A second service on the restored log, with the keys of the first, that does nothing but fill its read models. */
    async function openRestored(): Promise<INestApplicationContext> {
      const { serviceUrl, ownerUrl } = restored
      const settings = { ...test.environment, DATABASE_URL: serviceUrl, DATABASE_OWNER_URL: ownerUrl }
      const { configuration } = readConfiguration(settings)
      const logger = new JsonLogger('silent')
      const authentication = await openAuthentication(configuration)
      const module = AppModule.register({ configuration, logger, shutdown, serviceUrl, authentication })
      const app = await NestFactory.createApplicationContext(module, { logger, abortOnError: false })
      shutdown.onPhase('stop-accepting', 'application', () => app.close())
      return app
    }

    it('are those of the original', async () => {
      const { app } = test.service
      await caughtUp(app)
      const { size, checkpoint } = await headOf(app)
      const words = `${size} entries, ${size} payloads re-hashed, 0 not there any more\n`
      expect(await logCommand('export', folder, '--database', test.db.ownerUrl)).toBe(`exported ${words}`)
      expect(await logCommand('restore', folder, '--database', restored.ownerUrl)).toBe(`restored ${words}`)
      const other = await openRestored()
      await caughtUp(other)
      expect((await headOf(other)).checkpoint).toBe(checkpoint)
      const original = await readModels(test.db.ownerPool)
      expect(await readModels(restored.ownerPool)).toEqual(original)
      const filled = Object.values(original).filter((digest) => !digest.startsWith('0 rows'))
      expect(filled.length).toBeGreaterThan(10)
    })
  })
})
