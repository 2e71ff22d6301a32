/** FHIR bundles through the whole service: what becomes of them, who may read it, and what is refused. */
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Bundle, Observation, Patient } from 'fhir/r4.js'
import { leafHash } from '../../src/ledger/log/hash.js'
import { noteVerifier } from '../../src/ledger/log/note-key.js'
import { parseTlogProof, verifyTlogProof } from '../../src/ledger/log/tlog-proof.js'
import type { FactRecord } from '../../src/twins/fact-history.js'
import { transaction } from '../interop/fhir/support/bundles.js'
import { describeWithSharedData } from '../support/shared-data.js'
import { startTestService, type TestService } from '../support/test-service.js'
import {
  expected,
  generatedPatient,
  ingest,
  investigatorAt,
  outcomeCode,
  participantOf,
  readTwin,
  refusal,
  sendFhir,
  SOURCE,
  statusesOf,
  twinOf,
} from './support/clinic.js'
import { countTwinEvents, headersOf, logSize, storeOf, verifyStored } from './support/ledger.js'

/** Room for the largest of the public patients. */
const BODY_LIMIT = 3 * 1024 * 1024

let test: TestService
beforeAll(async () => {
  test = await startTestService({ REQUEST_BODY_LIMIT: '3mb' })
})
afterAll(() => test.stop())

const resourcesOf = <Type extends { resourceType: string }>(bundle: Bundle, type: Type['resourceType']): Type[] =>
  bundle.entry!.map(({ resource }) => resource as unknown as Type).filter(({ resourceType }) => resourceType === type)

describe('a patient sent for the first time', () => {
  const bundle = generatedPatient(0)
  let twin: string
  let response: Bundle
  beforeAll(async () => {
    ;({ twin, response } = await ingest(test, bundle))
  })

  it('becomes a twin that holds each measurement with its value, unit, date and source', async () => {
    const { facts } = await readTwin(test, 'investigator', twin, '?detail=full')
    const byResource = new Map(facts.map(({ value }) => [value?.source.resourceId, value]))
    const measurements = resourcesOf<Observation>(bundle, 'Observation').filter((sent) => sent.valueQuantity)
    expect(measurements.length).toBeGreaterThan(20)
    for (const { id, valueQuantity, effectiveDateTime, code } of measurements)
      expect(byResource.get(id)).toMatchObject({
        kind: 'observation',
        code: { system: 'http://loinc.org', code: code.coding![0]!.code },
        quantity: { value: valueQuantity!.value, unit: valueQuantity!.code },
        effective: { at: effectiveDateTime },
        source: { system: SOURCE, resourceType: 'Observation' },
      })
  })

  it('is answered entry by entry, each location naming what was recorded', async () => {
    const facts = (await readTwin(test, 'investigator', twin)).facts.map(({ id }) => id)
    for (const [index, { response: answer }] of response.entry!.entries()) {
      expect(answer).toMatchObject({ status: expect.stringMatching(/^20[01] /), outcome: expect.anything() })
      const [type, id] = (answer!.location ?? '').split('/')
      if (type !== '' && type !== 'Patient') expect([index, facts]).toEqual([index, expect.arrayContaining([id])])
    }
  })

  it('shows who it is to an investigator of the site alone; a steward sees codes', async () => {
    const [sent] = resourcesOf<Patient>(bundle, 'Patient')
    const { person, subject } = await readTwin(test, 'investigator', twin, '?detail=full')
    expect(person!.demographics.at(-1)?.value).toMatchObject({
      birthDate: sent!.birthDate,
      name: { family: sent!.name![0]!.family },
    })
    const coded = JSON.stringify(await readTwin(test, 'steward', twin))
    for (const secret of [sent!.birthDate!, sent!.name![0]!.family!, sent!.identifier![0]!.value!, sent!.id!])
      expect(coded).not.toContain(secret)
    const read = (as: string, query = '') => refusal(test.request(as, `/api/v1/twins/${twin}${query}`))
    expect(await read('steward', '?detail=full')).toEqual([403, 'ticket-missing'])
    expect(await read('modeller')).toEqual([403, 'use-not-consented'])
    expect(await read('modeller', '?detail=full')).toEqual([403, 'action-not-permitted'])
    expect(await read('sponsor')).toEqual([403, 'other-trial'])
    expect(await read('sponsor', '?detail=full')).toEqual([403, 'action-not-permitted'])
    expect(await read('participant')).toEqual([403, 'not-own-record'])
    const themselves = await participantOf(test, subject)
    expect((await themselves(`/api/v1/twins/${twin}?detail=full`)).status).toBe(200)
    const { twin: other } = await ingest(test, generatedPatient(1))
    expect(await refusal(themselves(`/api/v1/twins/${other}`))).toEqual([403, 'not-own-record'])
  })

  it('sent again, is answered 200 throughout and records nothing', async () => {
    const before = await countTwinEvents(test)
    const again = await ingest(test, bundle)
    expect(again.twin).toBe(twin)
    expect(new Set(statusesOf(again.response))).toEqual(new Set([200]))
    const locations = (answered: Bundle) => answered.entry!.map((entry) => entry.response!.location)
    expect(locations(again.response)).toEqual(locations(response))
    expect(await countTwinEvents(test)).toBe(before)
  })
})

describe('a resource sent again with other content', () => {
  it('corrects the fact, and the earlier value stays on record', async () => {
    const bundle = generatedPatient(2)
    const { twin } = await ingest(test, bundle)
    const index = bundle.entry!.findIndex(({ resource }) => 'valueQuantity' in resource!)
    const changed = structuredClone(bundle)
    const observation = changed.entry![index]!.resource as Observation
    const earlier = observation.valueQuantity!.value!
    observation.valueQuantity!.value = earlier + 1
    const before = await countTwinEvents(test)
    const { response } = await ingest(test, changed)
    expect(new Set(statusesOf(response))).toEqual(new Set([200]))
    const { location, outcome } = response.entry![index]!.response!
    expect(outcomeCode(outcome)).toBe('fhir-superseded')
    const fact = location!.split('/')[1]
    const versions = await expected<FactRecord[]>(
      200,
      test.request('investigator', `/api/v1/twins/${twin}/facts/${fact}`),
    )
    expect(versions).toMatchObject([
      { status: 'corrected', value: { quantity: { value: earlier } } },
      { status: 'current', reason: 'source-update', value: { quantity: { value: earlier + 1 } } },
    ])
    const added = (await headersOf(test, `twin-${twin}`)).slice(before - (await countTwinEvents(test)))
    expect(added.filter(({ type }) => type === 'twin.fact-corrected')).toHaveLength(1)
    expect(added.filter(({ type }) => /-recorded$/.test(type) && type !== 'twin.quality-finding-recorded')).toEqual([])
  })
})

describe('a new patient sent by two at the same time', () => {
  it('becomes one twin with each fact once', async () => {
    const bundle = generatedPatient(3)
    const answers = await Promise.all([1, 2].map(() => sendFhir(test, 'steward', bundle)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    const [one, other] = (await Promise.all(answers.map((answer) => answer.json()))) as [Bundle, Bundle]
    expect(twinOf(other)).toBe(twinOf(one))
    const facts = (await readTwin(test, 'investigator', twinOf(one), '?detail=full')).facts
    const sent = facts.map(({ value }) => `${value!.source.resourceType}/${value!.source.resourceId}`)
    expect(new Set(sent).size).toBe(sent.length)
    expect(facts.every(({ status }) => status === 'current')).toBe(true)
    const headers = await headersOf(test, `twin-${twinOf(one)}`)
    expect(headers.filter(({ type }) => type === 'twin.registered')).toHaveLength(1)
  })
})

describe('text that would hurt where it is not treated as text', () => {
  it('is kept to the letter', async () => {
    const bundle = generatedPatient(4)
    const [sent] = resourcesOf<Patient>(bundle, 'Patient')
    const family = `Robert'); drop table ledger.event;-- <script>alert(1)</script> \u202Egnp.exe \${jndi:ldap://x} 🫀`
    sent!.name = [{ family }]
    const { twin } = await ingest(test, bundle)
    const { person } = await readTwin(test, 'investigator', twin, '?detail=full')
    expect(person!.demographics.at(-1)?.value?.name?.family).toBe(family)
  })
})

describe('what is not a sound bundle', () => {
  const text = JSON.stringify(generatedPatient(5))
  const sound = () => JSON.parse(text) as Bundle
  const withPatient = (change: (patient: Patient) => void) => {
    const bundle = sound()
    change(resourcesOf<Patient>(bundle, 'Patient')[0]!)
    return bundle
  }
  const nested = (levels: number) => `{"resourceType":"Bundle","x":${'['.repeat(levels)}${']'.repeat(levels)}}`
  const gzip = { 'content-encoding': 'gzip' }
  const compressed = gzipSync(text)
  const invalidUtf8 = Buffer.from(text.replace('"gender"', '"\u00ff"'), 'latin1')
  const duplicated = () => {
    const bundle = sound()
    bundle.entry![3]!.fullUrl = bundle.entry![2]!.fullUrl
    return bundle
  }

  const CASES: [string, () => unknown, Record<string, string>, number, string][] = [
    ['truncated JSON', () => text.slice(0, text.length / 2), {}, 400, 'fhir-body-not-json'],
    ['no body', () => '', {}, 400, 'fhir-body-empty'],
    ['a single resource', () => sound().entry![1]!.resource, {}, 400, 'fhir-not-a-bundle'],
    ['an array', () => '[]', {}, 400, 'fhir-not-a-bundle'],
    ['null', () => 'null', {}, 400, 'fhir-not-a-bundle'],
    ['another kind of bundle', () => ({ ...sound(), type: 'collection' }), {}, 422, 'fhir-bundle-type-unsupported'],
    ['entries that are none', () => ({ ...sound(), entry: {} }), {}, 400, 'fhir-bundle-malformed'],
    ['no entries', () => ({ ...sound(), entry: [] }), {}, 422, 'fhir-bundle-empty'],
    ['truncated gzip', () => compressed.subarray(0, compressed.length / 2), gzip, 400, 'malformed-encoding'],
    ['plain text called gzip', () => text, gzip, 400, 'malformed-encoding'],
    ['an unknown compression', () => compressed, { 'content-encoding': 'lzma' }, 415, 'unsupported-encoding'],
    ['a body over the limit', () => ' '.repeat(BODY_LIMIT + 1), {}, 413, 'request-too-large'],
    [
      'a small body that unpacks over the limit',
      () => gzipSync(' '.repeat(BODY_LIMIT * 20)),
      gzip,
      413,
      'request-too-large',
    ],
    ['deep nesting', () => nested(50), {}, 400, 'fhir-nested-too-deeply'],
    ['nesting that overflows stacks', () => nested(500_000), {}, 400, 'fhir-nested-too-deeply'],
    ['__proto__', () => text.replace('"active"', '"__proto__":{"admin":true},"active"'), {}, 400, 'fhir-forbidden-key'],
    ['constructor', () => text.replace('"active"', '"constructor":{},"active"'), {}, 400, 'fhir-forbidden-key'],
    ['one fullUrl for two entries', duplicated, {}, 422, 'fhir-transaction-refused'],
    ['a NUL', () => withPatient((sent) => (sent.name = [{ family: 'a\u0000b' }])), {}, 400, 'fhir-text-malformed'],
    [
      'half a character',
      () => withPatient((sent) => (sent.name = [{ family: '\ud800' }])),
      {},
      400,
      'fhir-text-malformed',
    ],
    [
      'a birth date that is none',
      () => withPatient((sent) => (sent.birthDate = '1970-02-30')),
      {},
      422,
      'fhir-transaction-refused',
    ],
    ['bytes that are not UTF-8', () => invalidUtf8, {}, 400, 'fhir-body-not-utf8'],
    [
      'XML',
      () => '<Bundle xmlns="http://hl7.org/fhir"/>',
      { 'content-type': 'application/fhir+xml' },
      415,
      'unsupported-media-type',
    ],
    ['a form', () => 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported-media-type'],
    [
      'a source that is a sentence',
      () => text,
      { 'x-source-system': 'the clinic of Dr. X' },
      400,
      'fhir-source-invalid',
    ],
  ]

  it.each(CASES)('%s is refused with its code, and nothing is recorded', async (_what, body, headers, status, code) => {
    const before = await logSize(test)
    const answer = await sendFhir(test, 'steward', body(), headers)
    const outcome: unknown = await answer.json()
    expect([answer.status, outcomeCode(outcome)]).toEqual([status, code])
    expect(answer.headers.get('content-type')).toMatch(/^application\/fhir\+json/)
    expect(outcome).toMatchObject({ resourceType: 'OperationOutcome' })
    expect(await logSize(test)).toBe(before)
  })

  it('leaves the service as able as before', async () => {
    const { response } = await ingest(test, sound())
    expect(statusesOf(response)[1]).toBe(201)
  })
})

describe.each([
  ['nobody', null, 401, 'token-missing'],
  ['a participant', 'participant', 403, 'action-not-permitted'],
  ['a regulator', 'regulator', 403, 'action-not-permitted'],
  ['an administrator', 'administrator', 403, 'action-not-permitted'],
])('%s', (_who, account, status, code) => {
  it('may not bring data in', async () => {
    const before = await countTwinEvents(test)
    const answer = await sendFhir(test, account, generatedPatient(6))
    expect([answer.status, outcomeCode(await answer.json())]).toEqual([status, code])
    expect(await countTwinEvents(test)).toBe(before)
  })
})

describe('an investigator of another site', () => {
  it('adds nothing to a twin of this one that it names by id', async () => {
    const bundle = generatedPatient(7)
    const { twin } = await ingest(test, bundle)
    const elsewhere = await investigatorAt(test, 'another-site')
    const before = await countTwinEvents(test)
    const observed = resourcesOf<Observation>(bundle, 'Observation')[0]!
    const named = { ...observed, id: randomUUID(), subject: { reference: `Patient/${twin}` } }
    delete named.encounter
    const answer = await elsewhere(transaction(named))
    expect([answer.status, outcomeCode(await answer.json())]).toEqual([403, 'other-site'])
    expect(await countTwinEvents(test)).toBe(before)
  })

  // proves TL-IDN-019
  it('is answered about a person whom this one knows as about anybody, and has a twin of its own', async () => {
    const { twin } = await ingest(test, generatedPatient(7))
    const elsewhere = await investigatorAt(test, 'another-site')
    const answered = async (index: number) => {
      const answer = await elsewhere(generatedPatient(index))
      const response = (await answer.json()) as Bundle
      return { status: answer.status, statuses: [...new Set(statusesOf(response))].sort(), twin: twinOf(response) }
    }
    const [known, unknown] = [await answered(7), await answered(8)]
    expect({ ...known, twin: '' }).toEqual({ ...unknown, twin: '' })
    expect(known.twin).not.toBe(twin)
    const again = await answered(7)
    expect(again.twin).toBe(known.twin)
    expect(again.statuses).toEqual([200])
  })
})

/** The smaller files, so that the suite stays quick; all of them where TWIN_LEDGER_TEST_ALL is set. */
function filesIn(folder: string, most: number): string[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json.gz'))
    .map((name) => join(folder, name))
    .sort((one, other) => statSync(one).size - statSync(other).size)
  return process.env.TWIN_LEDGER_TEST_ALL ? files : files.slice(0, most)
}

describe.each([
  ['synthea-r4', 6],
  ['nhanes/fhir-r4', 20],
])('public patients of %s', (path, most) => {
  describeWithSharedData('as they come, compressed', path, (folder) => {
    it('are all taken, and each recorded fact is in the log under a proof', async () => {
      const vkey = (await (await test.request(null, '/log/vkey')).text()).trim()
      for (const file of filesIn(folder, most)) {
        const answer = await sendFhir(test, 'steward', readFileSync(file), { 'content-encoding': 'gzip' })
        expect([file, answer.status]).toEqual([file, 200])
        await expectInLog((await answer.json()) as Bundle, vkey)
      }
      await verifyStored(test)
    })
  })
})

/** Every fact that an answer names is an event of the log; the last one is proved from outside. */
async function expectInLog(response: Bundle, vkey: string): Promise<void> {
  const refused = response.entry!.filter(({ response: answer }) => !answer!.status.startsWith('20'))
  expect(refused).toEqual([])
  const ids = response.entry!.flatMap(({ response: answer }) => {
    const [type, id] = (answer!.location ?? '/').split('/')
    return type === 'Patient' || !id ? [] : [id]
  })
  expect(ids.length).toBeGreaterThan(0)
  const events = await storeOf(test).find(ids)
  expect(new Set(events.map(({ header }) => header.id))).toEqual(new Set(ids))
  const { position, leaf } = events.at(-1)!
  const proof = parseTlogProof(await (await test.request('regulator', `/log/proof/${position}`)).text())
  expect(verifyTlogProof(proof, leafHash(leaf), [noteVerifier(vkey)]).size).toBeGreaterThan(position)
}
