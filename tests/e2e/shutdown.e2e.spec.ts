/** The service as a process: how it starts, how it stops, and what is left of what it promised when it is killed. */
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { TwinView } from '../../src/twins/twin-view.js'
import { createPool } from '../../src/platform/database/pool.js'
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres/supervisor.js'
import { isAlive } from '../../src/platform/process-alive.js'
import type { RegisteredTwin } from '../../src/twins/commands/register-twin.js'
import { expectAllKept } from '../ledger/postgres/support/acknowledged.js'
import { until } from '../support/until.js'
import { compileService, type CompiledService, type ServiceProcess } from './support/service-process.js'
import { beginRegistration, registration, startWriters } from './support/writers.js'

const CLIENTS = 6
const ACKNOWLEDGED = 24

let compiled: CompiledService
let dataDirectory: string
let running: ServiceProcess[]
beforeAll(async () => {
  compiled = await compileService()
})
afterAll(() => compiled.remove())
beforeEach(async () => {
  running = []
  dataDirectory = await mkdtemp(join(tmpdir(), 'twin-ledger-process-'))
})
afterEach(async () => {
  for (const { process } of running) process.kill('SIGKILL')
  await Promise.all(running.map((service) => service.ended()))
  // A killed service leaves its database running; whoever lets go of it last stops it.
  if ((await databaseProcess()) !== null) await (await startEmbeddedPostgres({ dataDirectory })).stop()
  await rm(dataDirectory, { recursive: true, force: true })
})

async function start(environment?: NodeJS.ProcessEnv): Promise<ServiceProcess> {
  const service = await compiled.start({ dataDirectory, environment })
  running.push(service)
  return service
}

async function startReady(): Promise<ServiceProcess> {
  const service = await start()
  if (!(await service.ready())) {
    const { log, complaints } = service.output()
    throw new Error(`It did not start (${await service.ended()}): ${complaints} ${log}`)
  }
  return service
}

/** Process id of the embedded PostgreSQL, or null when it does not run. */
async function databaseProcess(): Promise<number | null> {
  const file = join(dataDirectory, 'postgres', 'data', 'postmaster.pid')
  return existsSync(file) ? Number.parseInt(await readFile(file, 'utf8'), 10) : null
}

/** Names of the parts of the evaluation data that are in the ledger, in their order. */
async function partsFilled(): Promise<string[]> {
  const file = join(dataDirectory, 'run', 'evaluation-seeding')
  if (!existsSync(file)) return []
  const lines = (await readFile(file, 'utf8')).split('\n').filter(Boolean)
  return lines.map((line) => (JSON.parse(line) as { name: string }).name)
}

/** Everything promised is in the database as promised, the log is whole, and no registration is there in part. */
async function expectKept(service: ServiceProcess, acknowledged: readonly RegisteredTwin[]): Promise<void> {
  const vkey = (await (await fetch(`${service.url}/log/vkey`)).text()).trim()
  const embedded = await startEmbeddedPostgres({ dataDirectory })
  const pool = createPool(embedded.connectionUrl('service'))
  try {
    await expectAllKept(pool, vkey, [])
    const { rows } = await pool.query<{ stream: string; ids: string[] }>(
      `select stream, array_agg(id::text order by revision) as ids from ledger.event where stream like 'twin-%' group by stream`,
    )
    const stored = new Map(rows.map(({ stream, ids }) => [stream, ids]))
    const promised = new Map(acknowledged.map(({ twin, eventIds }) => [`twin-${twin}`, eventIds]))
    for (const [stream, eventIds] of promised) expect([stream, stored.get(stream)]).toEqual([stream, eventIds])
    const whole = acknowledged[0]!.eventIds.length
    expect([...stored.values()].filter(({ length }) => length !== whole)).toEqual([])
  } finally {
    await pool.end()
    await embedded.stop({ keepRunning: true })
  }
}

async function expectUsable(service: ServiceProcess, { twin, revision }: RegisteredTwin): Promise<void> {
  const headers = { authorization: `Bearer ${await service.token('investigator')}` }
  const answer = await fetch(`${service.url}/api/v1/twins/${twin}?detail=full`, { headers })
  expect(answer.status).toBe(200)
  const view = (await answer.json()) as TwinView
  expect(view).toMatchObject({ revision, person: { demographics: [{ value: { birthDate: '1966-07-08' } }] } })
}

describe('SIGTERM', () => {
  it('lets begun requests finish, keeps everything acknowledged, stops the database and ends with 0', async () => {
    const service = await startReady()
    const token = await service.token('investigator')
    const writers = startWriters(service.url, token, CLIENTS)
    await until('some registrations', () => writers.acknowledged.length >= ACKNOWLEDGED)
    const begun = await Promise.all([1, 2, 3].map(() => beginRegistration(service.url, token)))
    service.process.kill('SIGTERM')
    await until('it stops listening', () => writers.refusals.has('ECONNREFUSED'))
    const answers = await Promise.all(begun.map((finish) => finish()))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(await service.ended()).toBe(0)
    await writers.stop()
    expect(await databaseProcess()).toBeNull()
    expect([...writers.refusals].filter((refusal) => /^\d/.test(refusal) && refusal !== '503')).toEqual([])

    const again = await startReady()
    await expectKept(again, writers.acknowledged)
    await expectUsable(again, writers.acknowledged.at(-1)!)
  })
})

describe('SIGTERM while an empty ledger is being filled', () => {
  it('ends the filling between two parts, and the next start goes on from there', async () => {
    const demo = { TWIN_LEDGER_DEMO: 'on' }
    const service = await start(demo)
    await until('some parts', async () => (await partsFilled()).length > 3)
    service.process.kill('SIGTERM')
    expect(await service.ended()).toBe(0)
    expect(await databaseProcess()).toBeNull()
    const before = await partsFilled()
    expect(before).not.toContain('ended')

    const again = await start(demo)
    await until('more parts', async () => (await partsFilled()).length > before.length)
    again.process.kill('SIGTERM')
    expect(await again.ended()).toBe(0)
    const after = await partsFilled()
    expect(after.slice(0, before.length)).toEqual(before)
    expect(new Set(after).size).toBe(after.length)
  })
})

describe('kill -9', () => {
  it('loses nothing acknowledged; the next start takes over the database that went on running', async () => {
    const service = await startReady()
    const writers = startWriters(service.url, await service.token('investigator'), CLIENTS)
    await until('some registrations', () => writers.acknowledged.length >= ACKNOWLEDGED)
    const database = (await databaseProcess())!
    service.process.kill('SIGKILL')
    expect(await service.ended()).toBe('SIGKILL')
    await writers.stop()
    expect(isAlive(database)).toBe(true)

    const again = await startReady()
    expect(await databaseProcess()).toBe(database)
    await expectKept(again, writers.acknowledged)
    await expectUsable(again, writers.acknowledged.at(-1)!)
    again.process.kill('SIGTERM')
    expect(await again.ended()).toBe(0)
    expect(await databaseProcess()).toBeNull()
  })
})

describe('two instances on one empty database', () => {
  it('start and migrate at the same time, and write one log', async () => {
    const services = await Promise.all([start(), start()])
    expect(await Promise.all(services.map((service) => service.ready()))).toEqual([true, true])
    const [one, other] = services as [ServiceProcess, ServiceProcess]
    const writers = await Promise.all(
      services.map(async (service) => startWriters(service.url, await service.token('investigator'), 2)),
    )
    await until('registrations at both', () => writers.every(({ acknowledged }) => acknowledged.length >= 5))
    await Promise.all(writers.map((each) => each.stop()))
    expect(writers.flatMap(({ refusals }) => [...refusals])).toEqual([])
    await expectKept(
      other,
      writers.flatMap(({ acknowledged }) => acknowledged),
    )
    await expectUsable(other, writers[0]!.acknowledged[0]!)
    one.process.kill('SIGTERM')
    expect(await one.ended()).toBe(0)
    const response = await fetch(`${other.url}/api/v1/twins`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await other.token('investigator')}` },
      body: JSON.stringify(registration()),
    })
    expect(response.status).toBe(201)
  })
})

describe('a start that cannot succeed', () => {
  it('names every wrong setting at once, shows no secret, and ends with 1', async () => {
    const wrong = {
      PORT: 'many',
      LOG_LEVEL: 'loud',
      TWIN_LEDGER_DEMO: 'perhaps',
      DATABASE_URL: 'mysql://ledger:hunter2@db.example/ledger',
      OIDC_ISSUER: 'http://issuer.example',
      REQUEST_BODY_LIMIT: 'much',
    }
    const service = await start(wrong)
    expect(await service.ended()).toBe(1)
    const { complaints, log } = service.output()
    for (const name of Object.keys(wrong)) expect(complaints).toContain(name)
    expect(complaints + log).not.toContain('hunter2')
  })

  it('says which port is taken, and leaves no database running', async () => {
    const occupant = createServer()
    await new Promise<void>((resolve) => occupant.listen(0, '127.0.0.1', resolve))
    const { port } = occupant.address() as AddressInfo
    const service = await start({ PORT: String(port) })
    expect(await service.ended()).toBe(1)
    occupant.close()
    expect(service.output().complaints).toContain(String(port))
    expect(await databaseProcess()).toBeNull()
  })
})
