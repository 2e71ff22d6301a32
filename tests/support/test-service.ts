/** The whole service in this process, on a fresh test database and a free port, in evaluation mode without demo data. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { openAuthentication } from '../../src/authentication.js'
import { readConfiguration, type Configuration } from '../../src/platform/configuration.js'
import { JsonLogger } from '../../src/platform/logging/logger.js'
import { startService, type RunningService } from '../../src/service.js'
import { createTestDatabase, type TestDatabase } from './test-database.js'

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
  /** An authorised request; `as: null` sends no token. */
  request(as: string | null, path: string, init?: RequestInit): Promise<Response>
  stop(): Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
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
    ...environment,
  }
  const { configuration } = readConfiguration(settings)
  const lines: string[] = []
  const sink = new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) })
  const service = await startService(configuration, new JsonLogger('info', sink))
  const { issuer } = await openAuthentication(configuration)
  const token = (account: string) => {
    if (!issuer) throw new Error('This service trusts another issuer; take the token there.')
    return issuer.issueToken(account)
  }
  return {
    url: configuration.publicUrl,
    db,
    service,
    configuration,
    environment: settings,
    logged: () => lines.join(''),
    token,
    async request(as, path, init = {}) {
      const headers = new Headers(init.headers)
      if (as !== null) headers.set('authorization', `Bearer ${await token(as)}`)
      return fetch(`${configuration.publicUrl}${path}`, { ...init, headers })
    },
    stop: async () => {
      await service.shutdown.run()
      await db.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
