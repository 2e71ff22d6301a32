/**
 * A person's data leaves no trace in clear: distinctive values are said through every entrance of a service that runs as its operator
 * runs it. After a working day, and again after the person was erased, the database is stopped and every byte of the data folder is
 * searched: tables, indexes, the write-ahead log, temporary files, the server's own log, and what imports and exports left.
 */
import { hash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DEMO_CLINIC, DEMO_SITE } from '../../src/identity/evaluation-issuer/accounts.js'
import { httpSender } from '../../src/interop/fhir/import/http-sender.js'
import { importFolder } from '../../src/interop/fhir/import/import-folder.js'
import { createPool } from '../../src/platform/database/pool.js'
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres/supervisor.js'
import { unzipped } from '../audit/support/unzip.js'
import { cholesterol, patient, transaction } from '../interop/fhir/support/bundles.js'
import { until } from '../support/until.js'
import { expected, ingest, readTwin, send, sendFhir, type Client } from './support/clinic.js'
import { DigestsInSight } from './support/digests-in-sight.js'
import { everythingStored } from './support/everything-stored.js'
import { compileService, type CompiledService, type ServiceProcess } from './support/service-process.js'
import { filesBelow, leaksBelow, spelledIn } from './support/spellings.js'

/** In every text that is said; by chance it is nowhere. */
const MARK = 'Zqvxkjwq'
let said = 0
const canary = (): string => `${MARK}${String(++said).padStart(4, '0')}`
const BIRTH_DATE = '1931-02-17'
const BIRTH_DATES = [BIRTH_DATE, '17.02.1931', '17/02/1931', '02/17/1931']
const RECORD_PREFIX = `${MARK.toUpperCase()}-`
const RECORD_SYSTEM = 'urn:oid:1.2.276.0.76.4.8'
const RECORD_NUMBER = `${RECORD_PREFIX}483920`
const SEARCHED = [MARK, ...BIRTH_DATES]

let compiled: CompiledService
let dataDirectory: string
let service: ServiceProcess | undefined
const started: ServiceProcess[] = []
let printed = ''
const people: string[] = []

/** Sends as the evaluation accounts do, with one token each. */
function client(running: ServiceProcess): Client {
  const tokens = new Map<string, Promise<string>>()
  return {
    request: async (as, path, init = {}) => {
      const headers = new Headers(init.headers)
      if (as !== null) {
        if (!tokens.has(as)) tokens.set(as, running.token(as))
        headers.set('authorization', `Bearer ${await tokens.get(as)!}`)
      }
      return fetch(`${running.url}${path}`, { ...init, headers })
    },
  }
}

async function start(): Promise<Client> {
  service = await compiled.start({ dataDirectory, environment: { LOG_LEVEL: 'trace' } })
  started.push(service)
  if (!(await service.ready())) throw new Error(`It did not start: ${service.output().complaints}`)
  return client(service)
}

/** Stops service and database in order; what was printed is kept. */
async function stop(): Promise<void> {
  service!.process.kill('SIGTERM')
  expect(await service!.ended()).toBe(0)
  const { log, complaints } = service!.output()
  printed += log + complaints
}

beforeAll(async () => {
  compiled = await compileService()
  dataDirectory = await mkdtemp(join(tmpdir(), 'twin-ledger-canaries-'))
})
afterAll(async () => {
  for (const { process } of started) process.kill('SIGKILL')
  await Promise.all(started.map((one) => one.ended()))
  await (await startEmbeddedPostgres({ dataDirectory })).stop()
  await compiled.remove()
  await rm(dataDirectory, { recursive: true, force: true })
})

async function subjectOf(test: Client, twin: string): Promise<string> {
  return (await readTwin(test, 'regulator', twin)).subject
}

async function refused(answer: Promise<Response>): Promise<void> {
  const response = await answer
  expect([response.url, response.status >= 400 && response.status < 500]).toEqual([response.url, true])
  expect(spelledIn(Buffer.from(JSON.stringify([...response.headers])), SEARCHED)).toEqual([])
  await response.arrayBuffer()
}

async function sayThroughFhir(test: Client): Promise<void> {
  const person = patient({
    identifier: [{ system: RECORD_SYSTEM, value: RECORD_NUMBER }],
    name: [{ family: canary(), given: [canary()], text: canary() }],
    telecom: [{ system: 'phone', value: canary() }],
    address: [{ line: [canary()], city: canary(), text: canary() }],
    birthDate: BIRTH_DATE,
    extension: [{ url: 'http://example.org/x', valueString: canary() }],
  })
  const measured = cholesterol({ note: [{ text: canary() }] })
  const { twin } = await ingest(test, transaction(person, measured))
  people.push(await subjectOf(test, twin))
  await expected(200, test.request('regulator', `/api/v1/twins/${twin}?detail=full`))
  await refused(sendFhir(test, 'steward', `{"resourceType":"Bundle","name":"${canary()}`))
  await refused(sendFhir(test, 'steward', JSON.stringify({ resourceType: canary(), birthDate: BIRTH_DATE })))
  await refused(sendFhir(test, 'steward', transaction(person), { 'x-source-system': `${canary()} ${canary()}` }))
}

async function sayThroughRest(test: Client): Promise<string> {
  const source = { system: 'clinic-ehr' }
  const demographics = { name: { family: canary(), given: [canary()] }, birthDate: BIRTH_DATE, source }
  const identifiers = [{ system: RECORD_SYSTEM, value: `${RECORD_PREFIX}117035` }]
  const custody = { controller: DEMO_CLINIC, owner: DEMO_SITE }
  const registration = { custody, source: 'clinic-ehr', demographics, identifiers }
  const headers = { 'idempotency-key': `${canary()}-key`, 'user-agent': canary(), cookie: canary() }
  const { twin } = await expected<{ twin: string }>(
    201,
    send(test, 'investigator', '/api/v1/twins', registration, headers),
  )
  people.push(await subjectOf(test, twin))
  const fact = () => ({
    kind: 'observation',
    code: { system: 'http://loinc.org', code: '2093-3', display: canary() },
    quantity: { value: 195, unit: 'mg/dL' },
    text: canary(),
    status: 'final',
    effective: { at: '2026-01-15' },
    source,
  })
  const { eventIds } = await expected<{ eventIds: string[] }>(
    200,
    send(test, 'investigator', `/api/v1/twins/${twin}/facts`, { facts: [fact()] }),
  )
  const correction = { reason: 'entry-error', explanation: canary(), replacement: fact() }
  const corrections = `/api/v1/twins/${twin}/facts/${eventIds[0]}/corrections`
  await expected(200, send(test, 'investigator', corrections, correction))
  const renaming = { reason: 'subject-request', explanation: canary(), replacement: { ...demographics } }
  await expected(200, send(test, 'investigator', `/api/v1/twins/${twin}/demographics/corrections`, renaming))
  await expected(200, test.request('investigator', `/api/v1/twins/${twin}?detail=full`))
  return twin
}

async function sayWhereItIsRefused(test: Client): Promise<void> {
  await refused(send(test, 'investigator', '/api/v1/twins', { [canary()]: canary(), birthDate: BIRTH_DATE }))
  await refused(send(test, 'investigator', '/api/v1/twins', `{"name":"${canary()}"`))
  await refused(send(test, 'investigator', '/api/v1/consents', { reason: canary() }))
  for (const path of [
    `/api/v1/twins/${canary()}`,
    `/api/v1/twins?${canary()}=${canary()}`,
    `/fhir/R4/Patient?birthdate=${BIRTH_DATE}&name=${canary()}`,
    `/${canary()}?born=${BIRTH_DATE}`,
    `/log/proof/${canary()}`,
  ])
    await refused(test.request('investigator', path, { headers: { 'if-match': canary(), referer: canary() } }))
  await refused(test.request(null, '/api/v1/twins', { headers: { authorization: `Bearer ${canary()}` } }))
}

/** File names and folders name patients more often than not. */
async function sayThroughImport(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'twin-ledger-canary-import-'))
  const ward = join(folder, canary())
  await mkdir(ward)
  const person = patient({ name: [{ family: canary() }], birthDate: BIRTH_DATE })
  await writeFile(join(ward, `${canary()} ${BIRTH_DATE}.json`), JSON.stringify(transaction(person)))
  await writeFile(join(ward, `${canary()}.json`), `{"resourceType":"Bundle","name":"${canary()}`)
  const summary = await importFolder({
    folder,
    stateDirectory: join(dataDirectory, 'run', 'import'),
    send: httpSender({ url: service!.url, token: () => service!.token('steward'), source: 'clinic-ehr' }),
    onProgress: () => undefined,
  })
  expect([summary.bundles, summary.refusals.length]).toEqual([1, 1])
  await rm(folder, { recursive: true })
}

/** A certified copy for somebody who works with coded data, unpacked where it was saved. */
async function exportTo(test: Client, name: string): Promise<void> {
  const answer = await test.request('compliance', '/api/v1/audit/export?format=ndjson')
  expect(answer.status).toBe(200)
  const folder = join(dataDirectory, name)
  await mkdir(folder)
  const files = await unzipped(Buffer.from(await answer.arrayBuffer()))
  for (const [file, content] of files) await writeFile(join(folder, file), content)
}

async function erase(test: Client, subject: string): Promise<void> {
  const privacy = (as: string, path: string, body: object = {}) => send(test, as, `/api/v1/privacy/${path}`, body)
  const asked = { subject, kind: 'erasure', channel: 'paper', statement: `I, ${canary()}, born ${BIRTH_DATE}` }
  const { request } = await expected<{ request: string }>(201, privacy('compliance', 'requests', asked))
  await privacy('compliance', `requests/${request}/identity-check`, { method: 'document', confirmed: true })
  await until('the request to be known', async () => (await privacy('steward', `requests/${request}/preparation`)).ok)
  const classes = ['identity', 'trial-record', 'optional-research', 'contact']
  const decision = { outcome: 'granted', explanation: canary(), erasure: { ground: '17-1-b', classes, retained: [] } }
  await expected(200, privacy('compliance', `requests/${request}/decision`, decision))
  let erasure: string | undefined
  await until('the erasure to be known', async () => {
    const page = await expected<{ items: { erasure: string; request: string }[] }>(
      200,
      test.request('compliance', '/api/v1/privacy/erasures'),
    )
    erasure = page.items.find((item) => item.request === request)?.erasure
    return erasure !== undefined
  })
  await expected(200, privacy('qa', `erasures/${erasure}/confirmation`))
  expect(await expected(200, privacy('administrator', `erasures/${erasure}/execution`))).toMatchObject({
    status: 'completed',
  })
}

/** What the database holds, row by row, in sight of whoever guesses. */
async function digestsStored(): Promise<DigestsInSight> {
  const embedded = await startEmbeddedPostgres({ dataDirectory })
  const pool = createPool(embedded.connectionUrl('owner'))
  const inSight = new DigestsInSight()
  try {
    const stored = await everythingStored(pool)
    for (const [column, text] of stored) {
      expect([column, spelledIn(Buffer.from(text), SEARCHED)]).toEqual([column, []])
      inSight.addText(text)
      for (const [, octets] of text.matchAll(/^\\x([0-9a-f]+)$/gm)) inSight.addBytes(Buffer.from(octets!, 'hex'))
    }
    expect([...stored.keys()]).toEqual(expect.arrayContaining(['ledger.event.leaf', 'vault.identifier.blind']))
  } finally {
    await pool.end()
    await embedded.stop({ keepRunning: true })
  }
  return inSight
}

const numbers = Array.from({ length: 1_000_000 }, (_, number) => String(number).padStart(6, '0'))

function* daysOf120Years(): Generator<string> {
  const last = Date.UTC(2026, 11, 31)
  for (let day = Date.UTC(1907, 0, 1); day <= last; day += 86_400_000) yield new Date(day).toISOString().slice(0, 10)
}

function waysToWriteADay(iso: string): string[] {
  const [year, month, day] = iso.split('-')
  return [
    iso,
    `${year}${month}${day}`,
    `${day}.${month}.${year}`,
    `${month}/${day}/${year}`,
    `${iso}T00:00:00.000Z`,
    JSON.stringify(iso),
    JSON.stringify({ birthDate: iso }),
  ]
}

const waysToWriteANumber = (number: string): string[] => [
  number,
  `${RECORD_PREFIX}${number}`,
  `${RECORD_SYSTEM}|${RECORD_PREFIX}${number}`,
]

function guessed(inSight: DigestsInSight): string[] {
  const days = [...daysOf120Years()].flatMap(waysToWriteADay).filter((text) => inSight.hasDigestOf(text))
  return [
    ...days,
    ...numbers.flatMap((number) => waysToWriteANumber(number).filter((text) => inSight.hasDigestOf(text))),
  ]
}

// proves TL-VLT-001
describe('what was said about a person', () => {
  it('would be found, however it is spelt, or this test would prove nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'twin-ledger-canary-control-'))
    const value = `a${MARK}0001 b`
    const files = {
      plain: value,
      lower: value.toLowerCase(),
      sixteen: Buffer.from(value, 'utf16le'),
      base64: Buffer.from(value).toString('base64'),
      hex: Buffer.from(value).toString('hex'),
    }
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
    const leaks = await leaksBelow(folder, SEARCHED)
    expect(Object.keys(files).filter((name) => !leaks.some((leak) => leak.startsWith(`${name}: `)))).toEqual([])
    await rm(folder, { recursive: true })
  })

  it('is nowhere in the data folder after a working day', async () => {
    const test = await start()
    await sayThroughFhir(test)
    await sayThroughRest(test)
    await sayWhereItIsRefused(test)
    await sayThroughImport()
    await exportTo(test, 'export-of-the-day')
    await stop()
    const searched = await filesBelow(dataDirectory)
    for (const part of [/\/pg_wal\/[0-9A-F]{24}$/, /\/base\/\d+\/\d+$/, /^run\/import\//, /^export-of-the-day\//])
      expect(searched.filter((path) => part.test(path)).length).toBeGreaterThan(0)
    expect(await leaksBelow(dataDirectory, SEARCHED)).toEqual([])
  })

  it('is nowhere in the data folder once the person was erased', async () => {
    const test = await start()
    expect(people.length).toBe(2)
    for (const subject of people) await erase(test, subject)
    await exportTo(test, 'export-after-erasure')
    await stop()
    expect(await leaksBelow(dataDirectory, SEARCHED)).toEqual([])
  })

  it('is not in what the service printed', () => {
    expect(printed).toContain('Answered a request.')
    expect(spelledIn(Buffer.from(printed), SEARCHED)).toEqual([])
  })

  it('cannot be guessed: no digest of a birth date or record number is stored', async () => {
    const inSight = await digestsStored()
    expect(inSight.count).toBeGreaterThan(500)
    // Two that nobody said, to show that the guessing would find them.
    inSight.addText(`{"born":"${hash('sha256', '1907-01-02', 'base64url')}"}`)
    inSight.addText(`\\x${hash('sha256', `${RECORD_PREFIX}000042`, 'hex')}`)
    expect(guessed(inSight)).toEqual(['1907-01-02', `${RECORD_PREFIX}000042`])
  })
})
