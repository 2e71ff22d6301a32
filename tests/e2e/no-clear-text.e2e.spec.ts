/**
 * Nothing personal rests or is logged in clear text: whatever a sender says about a person, and wherever it is said, is
 * looked for in the log output, in every column of every table, and in the answers that refuse something.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DEMO_CLINIC, DEMO_SITE } from '../../src/identity/evaluation-issuer/accounts.js'
import { ProjectionEngine } from '../../src/projections/projection-engine.js'
import type { RegisteredTwin } from '../../src/twins/commands/register-twin.js'
import type { TwinReceipt } from '../../src/twins/twin-writer.js'
import { cholesterol, patient, transaction } from '../interop/fhir/support/bundles.js'
import { startTestService, type TestService } from '../support/test-service.js'
import { expected, ingest, readTwin, send, sendFhir } from './support/clinic.js'
import { everythingStored } from './support/everything-stored.js'
import { logSize } from './support/ledger.js'

/** Each is something only a sender knows, told apart by where it was said. */
const CANARIES: string[] = []
let issued = 0
function canary(kind: 'Name' | 'Text' | 'Number' | 'Code' = 'Text'): string {
  const text = `Zq${kind}${String(++issued).padStart(3, '0')}Xj`
  CANARIES.push(text)
  return text
}
/** Said as the name of a field: that comes back to whoever sent it, so that the mistake can be found, and goes nowhere else. */
const FIELD_NAMES: string[] = []
function fieldName(): string {
  const name = canary('Name')
  FIELD_NAMES.push(name)
  return name
}
/** A birth date that appears nowhere else. */
const BIRTH_DATE = '1931-02-17'
CANARIES.push(BIRTH_DATE)

const source = { system: 'clinic-ehr' }
const custody = { controller: DEMO_CLINIC, owner: DEMO_SITE }
const fact = (changes: object = {}) => ({
  kind: 'observation',
  code: { system: 'http://loinc.org', code: '2093-3', display: canary() },
  quantity: { value: 195, unit: 'mg/dL' },
  text: canary(),
  status: 'final',
  effective: { at: '2026-01-15' },
  source: { ...source, resourceId: canary('Number') },
  ...changes,
})

let test: TestService
/** Bodies and headers of everything that was refused. */
const refusals: string[] = []
beforeAll(async () => {
  test = await startTestService({ LOG_LEVEL: 'trace' })
  await sayThroughFhir()
  await sayThroughRest()
  await sayWhereItIsRefused()
  await test.service.app.get(ProjectionEngine, { strict: false }).waitFor(await logSize(test), 60_000)
})
afterAll(() => test.stop())

async function refused(answer: Promise<Response>): Promise<void> {
  const response = await answer
  expect([response.url, response.status >= 400 && response.status < 500]).toEqual([response.url, true])
  refusals.push(`${JSON.stringify(Object.fromEntries(response.headers))} ${await response.text()}`)
}

async function sayThroughFhir(): Promise<void> {
  const person = patient({
    identifier: [{ system: `urn:${canary('Name')}`, value: canary('Number') }],
    name: [{ family: canary('Name'), given: [canary('Name')], text: canary('Name') }],
    telecom: [{ system: 'phone', value: canary('Number') }],
    address: [{ line: [canary()], city: canary('Name'), text: canary() }],
    birthDate: BIRTH_DATE,
    extension: [{ url: 'http://example.org/x', valueString: canary() }],
  })
  const measured = cholesterol({ note: [{ text: canary() }], issued: '2024-03-01T08:00:00Z' })
  // A code is a code only where a terminology says so; a sender may put anything there.
  measured.code = { text: canary(), coding: [{ system: 'http://loinc.org', code: canary('Code'), display: canary() }] }
  measured.valueQuantity = { value: 9_999_999, unit: canary() }
  const { twin } = await ingest(test, { ...transaction(person, measured), id: canary('Number') })
  await readTwin(test, 'investigator', twin, '?detail=full')
  measured.valueQuantity = { value: 213, unit: canary() }
  await ingest(test, transaction(person, measured))
  const broken = { ...measured, status: canary('Code'), [fieldName()]: canary() } as unknown as typeof measured
  await refused(sendFhir(test, 'steward', transaction(person, broken)))
  await refused(sendFhir(test, 'steward', `{"resourceType":"Bundle","name":"${canary('Name')}`))
  await refused(sendFhir(test, 'steward', JSON.stringify({ resourceType: canary('Code') })))
  const unknownType = { resourceType: canary('Code'), id: canary('Number') } as unknown as typeof measured
  await refused(sendFhir(test, 'steward', transaction(person, unknownType)))
  await refused(
    sendFhir(test, 'steward', transaction(person), { 'x-source-system': `${canary('Name')} ${canary('Name')}` }),
  )
}

async function sayThroughRest(): Promise<void> {
  const demographics = { name: { family: canary('Name'), given: [canary('Name')] }, birthDate: BIRTH_DATE, source }
  const identifiers = [{ system: 'urn:mrn', value: canary('Number') }]
  const registration = { custody, source: 'clinic-ehr', demographics, identifiers }
  const key = { 'idempotency-key': `${canary('Number')}-key`, 'user-agent': canary(), 'x-request-id': canary() }
  const { twin } = await expected<RegisteredTwin>(201, send(test, 'investigator', '/api/v1/twins', registration, key))
  const facts = [
    fact(),
    fact({ code: { system: 'http://loinc.org', code: canary('Code') }, quantity: { value: 1, unit: canary() } }),
    { kind: 'condition', code: { system: `http://${canary('Name')}`, code: canary('Code') }, source },
    {
      kind: 'medication',
      code: { system: 'urn:x', code: canary('Code') },
      intent: 'order',
      status: canary(),
      dosage: canary(),
      source,
    },
    {
      kind: 'report',
      code: { system: 'urn:x', code: '1' },
      status: 'final',
      results: [],
      conclusion: canary(),
      source,
    },
  ]
  const { eventIds } = await expected<TwinReceipt>(
    200,
    send(test, 'investigator', `/api/v1/twins/${twin}/facts`, { facts }),
  )
  const correction = { reason: 'entry-error', explanation: canary(), replacement: fact() }
  const corrections = `/api/v1/twins/${twin}/facts/${eventIds[0]}/corrections`
  await expected(200, send(test, 'investigator', corrections, correction))
  const replacement = { ...demographics, name: { family: canary('Name') } }
  const renaming = { reason: 'subject-request', explanation: canary(), replacement }
  await expected(200, send(test, 'investigator', `/api/v1/twins/${twin}/demographics/corrections`, renaming))
  await expected(200, test.request('investigator', `/api/v1/twins?source=${canary('Name')}`))
  await expected(200, test.request('investigator', `/api/v1/twins/${twin}/facts?code=${canary('Code')}`))
}

async function sayWhereItIsRefused(): Promise<void> {
  const register = (body: unknown, headers = {}) => refused(send(test, 'investigator', '/api/v1/twins', body, headers))
  const registration = { custody, source: 'clinic-ehr' }
  await register({ ...registration, [fieldName()]: canary() })
  await register({ ...registration, source: `${canary('Name')} ${canary('Name')}` })
  await register({ ...registration, custody: { controller: `Dr. ${canary('Name')}`, owner: DEMO_SITE } })
  await register({ ...registration, custody: { controller: DEMO_CLINIC, owner: canary('Name') } })
  await register({ ...registration, demographics: { sex: canary(), birthDate: canary(), source } })
  await register(`{"name":"${canary('Name')}"`)
  await register(`"${canary('Name')}"`)
  await register(registration, { 'idempotency-key': `Mrs ${canary('Name')}` })
  await register(registration, { 'content-type': `text/${canary()}` })
  await refused(send(test, 'steward', '/fhir/R4', transaction(patient()), { 'content-encoding': canary() }))
  for (const path of [
    `/api/v1/twins/${canary('Number')}`,
    `/api/v1/${canary('Name')}`,
    `/${canary('Name')}?name=${canary('Name')}`,
    `/api/v1/twins?${fieldName()}=${canary()}`,
    `/api/v1/twins?cursor=${canary()}`,
    `/api/v1/twins/5f0c4c56-9d1b-4f0e-8f0e-0a6f1f2f9c11/diff?from=${canary()}`,
    `/log/tile/${canary()}/000`,
    `/log/proof/${canary()}`,
    `/fhir/R4/Patient?name=${canary('Name')}`,
  ])
    await refused(test.request('investigator', path))
  const headers = { 'if-match': canary(), 'ledger-wait-for': canary(), 'x-correlation-id': canary(), cookie: canary() }
  for (const [name, value] of Object.entries(headers).slice(0, 2))
    await refused(
      test.request('investigator', '/api/v1/twins/5f0c4c56-9d1b-4f0e-8f0e-0a6f1f2f9c11', {
        headers: { [name]: value },
      }),
    )
  await refused(fetch(`${test.url}/api/v1/twins`, { headers: { ...headers, authorization: `Bearer ${canary()}` } }))
  await refused(
    fetch(`${test.url}/oidc/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: canary('Name'),
        client_secret: canary(),
      }),
    }),
  )
}

/** Canaries in a text, also where it was encoded for a URL, in base64, in hexadecimal or as JSON inside JSON. */
const found = (text: string): string[] =>
  CANARIES.filter((said) => spellings(said).some((spelling) => text.includes(spelling)))

function spellings(said: string): string[] {
  const bytes = Buffer.from(said)
  // Base64 of the inner bytes at each alignment, which whatever stands around does not change.
  const base64 = [0, 1, 2].map((skip) => {
    const aligned = Buffer.concat([Buffer.alloc(skip), bytes]).toString('base64')
    return aligned.slice(Math.ceil((skip * 8) / 6), -4)
  })
  return [
    said,
    bytes.toString('hex'),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ]
}

describe('what was said about a person', () => {
  it('can be found where it is looked for, or this test would prove nothing', async () => {
    expect(CANARIES.length).toBeGreaterThan(60)
    for (const text of [
      CANARIES[3]!,
      encodeURIComponent(CANARIES[3]!),
      Buffer.from(`ab${CANARIES[3]!}cd`).toString('base64'),
    ])
      expect(found(`x${text}y`)).toEqual([CANARIES[3]])
    const stored = await everythingStored(test.db.ownerPool)
    expect([...stored.keys()]).toEqual(expect.arrayContaining(['ledger.payload.stored', 'vault.identifier.blind']))
    expect(stored.get('ledger.event.leaf')).toContain('twin.observation-recorded')
    expect(stored.get('read.twin.owner')).toContain(DEMO_SITE)
    expect(test.logged()).toContain('Answered a request.')
  })

  it('is in no column of any table', async () => {
    const leaks = [...(await everythingStored(test.db.ownerPool))].flatMap(([column, text]) =>
      found(text).map((said) => [column, said]),
    )
    expect(leaks).toEqual([])
  })

  it('is not in what the service logged', () => {
    expect(found(test.logged())).toEqual([])
  })

  it('is not in the metrics', async () => {
    expect(found(await (await test.request(null, '/metrics')).text())).toEqual([])
  })

  it('is in no answer that refuses something', () => {
    expect(refusals.length).toBeGreaterThan(25)
    const said = refusals.flatMap(found).filter((text) => !FIELD_NAMES.includes(text))
    expect(said).toEqual([])
  })
})
