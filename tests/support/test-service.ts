/** The whole service in this process, on a fresh test database and a free port, in evaluation mode without demo data. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { openAuthentication } from '../../src/authentication.js'
import { EVENT_STORE } from '../../src/journal/journal.tokens.js'
import type { EventStore } from '../../src/ledger/event-store.js'
import { readConfiguration, type Configuration } from '../../src/platform/configuration.js'
import { JsonLogger } from '../../src/platform/logging/logger.js'
import { ProjectionEngine } from '../../src/projections/projection-engine.js'
import { startService, type RunningService } from '../../src/service.js'
import { freePort } from './free-port.js'
import { createTestDatabase, type TestDatabase } from './test-database.js'
import { buildShapesFromSources } from './threads-from-sources.js'
import { until } from './until.js'

export interface TestService {
  url: string
  db: TestDatabase
  service: RunningService
  configuration: Configuration
  /** What a second process needs to be one of the same service. */
  environment: NodeJS.ProcessEnv
  /** Everything the service logged, as text. */
  logged(): string
  token(account: string): Promise<string>
  /** A request once the read models show all that was recorded before it, so that no test depends on how fast they are. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** The same, authorised; `as: null` sends no token. */
  request(as: string | null, path: string, init?: RequestInit): Promise<Response>
  stop(): Promise<void>
}

/** Neither a halted read model nor a lost database is waited for: what a test asks then is what the service says of it. */
async function readModelsCaughtUp({ app }: RunningService): Promise<void> {
  const head = app.get<EventStore>(EVENT_STORE, { strict: false }).head()
  const { size } = await head.catch(() => ({ size: 0 }))
  const projections = app.get(ProjectionEngine, { strict: false })
  const isHalted = async () => (await projections.status()).some(({ status }) => status === 'halted')
  await until('the read models', async () => projections.position() >= size || (await isHalted()))
}

export async function startTestService(environment: NodeJS.ProcessEnv = {}): Promise<TestService> {
  const db = await createTestDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'twin-ledger-service-'))
  const settings = {
    PORT: String(await freePort()),
    TWIN_LEDGER_DATA: folder,
    TWIN_LEDGER_DEMO: 'off',
    DATABASE_URL: db.serviceUrl,
    DATABASE_OWNER_URL: db.ownerUrl,
    // Each service's log has a name, and so a stream, of its own.
    ...(process.env.EVENTSTORE_URL && { EVENTSTORE_URL: process.env.EVENTSTORE_URL }),
    ...environment,
  }
  const { configuration } = readConfiguration(settings)
  const lines: string[] = []
  const sink = new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) })
  const service = await startService(configuration, new JsonLogger('info', sink))
  buildShapesFromSources(service.app)
  const { issuer } = await openAuthentication(configuration)
  const token = (account: string) => {
    if (!issuer) throw new Error('This service trusts another issuer; take the token there.')
    return issuer.issueToken(account)
  }
  const patientFetch = async (path: string, init: RequestInit = {}) => {
    await readModelsCaughtUp(service)
    return fetch(`${configuration.publicUrl}${path}`, init)
  }
  return {
    url: configuration.publicUrl,
    db,
    service,
    configuration,
    environment: settings,
    logged: () => lines.join(''),
    token,
    fetch: patientFetch,
    async request(as, path, init = {}) {
      const headers = new Headers(init.headers)
      if (as !== null) headers.set('authorization', `Bearer ${await token(as)}`)
      return patientFetch(path, { ...init, headers })
    },
    stop: async () => {
      await service.shutdown.run()
      await db.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
