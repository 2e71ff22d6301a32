import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { CommandBus } from '@nestjs/cqrs'
import type { Bundle } from 'fhir/r4.js'
import { compactVerify, importJWK, type JWK } from 'jose'
import { SERVICE_ACTOR } from '../../src/journal/service-actor.js'
import { KeyDestruction } from '../../src/journal/key-destruction.js'
import { SubjectTraces } from '../../src/journal/subject-traces.js'
import { PrivacyClock } from '../../src/privacy/clock.js'
import { FinishErasures } from '../../src/privacy/commands/finish-erasures.js'
import { NoticeOverdueRequests } from '../../src/privacy/commands/notice-overdue-requests.js'
import type { SignedReceipt } from '../../src/privacy/receipts/consent-receipts.js'
import { CODED_TABLES } from '../../src/privacy/forgetting/coded-tables.js'
import { expected, readTwin, send } from '../e2e/support/clinic.js'
import { storeOf } from '../e2e/support/ledger.js'
import { withoutSweeps } from '../support/no-sweeps.js'
import { startTestService, type TestService } from '../support/test-service.js'
import { unzipped } from '../audit/support/unzip.js'
import { caughtUp, giveConsent, grantedErasure, person, post, preparedErasure, run, type Person } from './support.js'

let test: TestService
let first: Person
let second: Person
beforeAll(async () => {
  withoutSweeps()
  test = await startTestService()
  first = await person(test, 0)
  await giveConsent(test, first)
  second = await person(test, 1)
  await giveConsent(test, second)
})
afterAll(() => test.stop())

/** Whether the consent stream lets a run pass; what the record lacks for the model is another matter. */
const isPermitted = async (who: Person) => (await run(test, who)).status !== 403

const asService = () => ({ actor: SERVICE_ACTOR, correlation: crypto.randomUUID() })

/** A request of this kind that compliance granted; its id. */
async function granted(kind: string, { subject }: Person, more: object = {}): Promise<string> {
  const { request } = await post<{ request: string }>(test, 'compliance', 'requests', {
    subject,
    kind,
    channel: 'paper',
    ...more,
  })
  await post(test, 'compliance', `requests/${request}/identity-check`, { method: 'document', confirmed: true })
  await expected(200, send(test, 'compliance', `/api/v1/privacy/requests/${request}/decision`, { outcome: 'granted' }))
  await caughtUp(test)
  return request
}

// proves TL-PRV-001
describe('the copy of a person’s data', () => {
  it('holds every event about the person and none about anybody else, under a signed manifest', async () => {
    const { run: runId } = await run(test, first)
    const optOut = `/api/v1/subjects/${first.subject}/opt-out`
    const onPaper = { method: 'paper', by: 'subject' }
    await expected(200, send(test, 'compliance', optOut, onPaper))
    const request = await granted('access', first)
    const answer = await test.request('compliance', `/api/v1/privacy/requests/${request}/copy`)
    expect(answer.headers.get('content-type')).toContain('zip')
    const files = await unzipped(Buffer.from(await answer.arrayBuffer()))
    const manifest = JSON.parse(files.get('manifest.json')!.toString()) as {
      entries: number
      belowPosition: number
      files: { name: string; sha256: string }[]
    }
    expect(manifest.files.map(({ name }) => name)).toContain('events.ndjson')
    for (const { name, sha256 } of manifest.files)
      expect(createHash('sha256').update(files.get(name)!).digest('hex')).toBe(sha256)
    const { keys } = await expected<{ keys: JWK[] }>(200, test.request(null, '/api/v1/keys'))
    const { payload } = await compactVerify(files.get('manifest.jws')!.toString(), await importJWK(keys[0]!, 'EdDSA'))
    expect(Buffer.from(payload).equals(files.get('manifest.json')!)).toBe(true)

    const entries = files
      .get('events.ndjson')!
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { position: number; data: unknown })
    const all = await storeOf(test).readAll({ from: 0, limit: manifest.belowPosition, payloads: false })
    const own = all.filter(({ header }) => header.subject === first.subject).map(({ position }) => position)
    expect(entries.map(({ position }) => position)).toEqual(own)
    expect([manifest.entries, entries.filter(({ data }) => data === '[erased]').length]).toEqual([own.length, 0])
    const about = JSON.parse(files.get('about.json')!.toString()) as {
      models: { model: string; card: object }[]
      purposes: string[]
    }
    expect(about).toMatchObject({
      models: [{ model: 'cvd.prevent-2023' }],
      purposes: expect.arrayContaining(['HRESCH']),
      optOut: { method: 'paper', by: 'subject' },
    })
    const page = files.get('my-data.html')!.toString()
    expect([page.includes('</html>'), page.includes(second.subject), page.includes(second.twin)]).toEqual([
      true,
      false,
      false,
    ])
    expect(page).toContain('cvd.prevent-2023')
    expect(page).toContain('you opted out')
    expect(runId).toBeDefined()
    const receipts = files.get('consent-receipts.ndjson')!.toString().trim().split('\n')
    const [{ receipt }] = receipts.map((line) => JSON.parse(line) as SignedReceipt) as [SignedReceipt]
    const { 'dpv:hasDataSubject': person, 'dpv:hasNotice': notice } = receipt['dpv:hasRecordOfActivity']
    expect(person).toMatchObject({ 'dpv:hasIdentifier': first.subject })
    expect(page).toContain(notice['schema:text'])
    await expected(200, send(test, 'compliance', `${optOut}/reversal`, onPaper))
  })

  it('is handed out on a request that was granted for it, to the person or compliance alone', async () => {
    const { request } = await post<{ request: string }>(test, 'compliance', 'requests', {
      subject: first.subject,
      kind: 'access',
      channel: 'paper',
    })
    const copy = (as: string) => test.request(as, `/api/v1/privacy/requests/${request}/copy`)
    expect(await (await copy('compliance')).json()).toMatchObject({ code: 'privacy-copy-not-granted' })
    for (const account of ['steward', 'sponsor', 'qa', 'administrator', 'regulator', 'investigator', 'participant'])
      expect((await copy(account)).status).toBe(403)
  })

  it('is portable: a FHIR bundle of what was provided, with what was corrected in its corrected form', async () => {
    const request = await granted('portability', first)
    const bundle = await expected<Bundle>(200, test.request('compliance', `/api/v1/privacy/requests/${request}/copy`))
    const twin = await readTwin(test, 'regulator', first.twin, '?detail=full')
    const types = bundle.entry!.map(({ resource }) => resource!.resourceType)
    expect(types[0]).toBe('Patient')
    const facts = twin.facts.filter(({ kind, value }) => kind !== 'evidence' && value !== null)
    expect(types).toHaveLength(facts.length + 1)
    const patient = bundle.entry![0]!.resource as { birthDate?: string }
    expect(patient.birthDate).toBe(twin.person!.demographics.at(-1)!.value!.birthDate)
  })
})

// proves TL-PRV-002
describe('a restriction and an objection', () => {
  it('freeze every use but storage while they last', async () => {
    expect(await isPermitted(second)).toBe(true)
    const restriction = await granted('restriction', second)
    expect(await run(test, second)).toMatchObject({ status: 403, code: 'consent-missing' })
    expect((await test.request('modeller', `/api/v1/twins/${second.twin}`)).status).toBe(403)
    await post(test, 'compliance', `restrictions/${restriction}/lifting`, { subject: second.subject })
    expect(await isPermitted(second)).toBe(true)
  })

  it('to one purpose leaves the others', async () => {
    const objection = await granted('objection', second, { purposes: ['PUBHLTH'] })
    expect(await isPermitted(second)).toBe(true)
    await post(test, 'compliance', `restrictions/${objection}/lifting`, { subject: second.subject })
  })
})

describe('withdrawing a consent, objecting and being forgotten', () => {
  it('are different things: a withdrawal ends uses, and what was done before stays valid and readable (CTR Art 28(3))', async () => {
    expect(await isPermitted(second)).toBe(true)
    const facts = (await readTwin(test, 'regulator', second.twin)).facts.length
    const withdrawal = { method: 'electronic', by: 'subject' }
    await expected(
      200,
      send(test, 'investigator', `/api/v1/subjects/${second.subject}/consents/withdrawal`, withdrawal),
    )
    expect(await isPermitted(second)).toBe(false)
    const uses = `/api/v1/subjects/${second.subject}/consents/uses?outcome=authorised`
    const kept = await expected<{ uses: object[] }>(200, test.request('regulator', uses))
    expect(kept.uses.length).toBeGreaterThan(0)
    expect((await readTwin(test, 'regulator', second.twin)).facts).toHaveLength(facts)
    const erasures = await expected<{ items: object[] }>(200, test.request('compliance', '/api/v1/privacy/erasures'))
    expect(erasures.items).toEqual([])
    const requests = await expected<{ items: { subject: string; kind: string }[] }>(
      200,
      test.request('compliance', `/api/v1/privacy/requests?subject=${second.subject}&kind=erasure`),
    )
    expect(requests.items).toEqual([])
  })
})

// proves TL-PRV-003
describe('a day that was missed', () => {
  it('is an alarm on record, in the list and in the metrics', async () => {
    const late = await post<{ request: string }>(test, 'compliance', 'requests', {
      subject: first.subject,
      kind: 'rectification',
      channel: 'paper',
      receivedAt: new Date(Date.now() - 1_000).toISOString(),
    })
    const clock = test.service.app.get(PrivacyClock, { strict: false })
    const now = clock.now()
    clock.now = () => new Date(now.getTime() + 35 * 24 * 60 * 60 * 1_000)
    const { noticed } = await test.service.app
      .get(CommandBus, { strict: false })
      .execute(new NoticeOverdueRequests(asService()))
    expect(noticed).toBeGreaterThan(0)
    await caughtUp(test)
    const answered = async (isAnswered: boolean) => {
      const path = `/api/v1/privacy/requests?answered=${isAnswered}`
      const { items } = await expected<{ items: { request: string }[] }>(200, test.request('compliance', path))
      return items.map(({ request }) => request)
    }
    const { items } = await expected<{ items: { request: string; overdue: boolean; daysLeft: number }[] }>(
      200,
      test.request('compliance', '/api/v1/privacy/requests?overdue=true&kind=rectification'),
    )
    expect(items).toEqual([expect.objectContaining({ request: late.request, overdue: true })])
    expect([await answered(false), await answered(true)].map((ids) => ids.includes(late.request))).toEqual([
      true,
      false,
    ])
    expect(items[0]!.daysLeft).toBeLessThan(0)
    expect(await (await test.request(null, '/metrics')).text()).toMatch(/privacy_requests_overdue [1-9]/)
    const { history } = await expected<{ history: { type: string }[] }>(
      200,
      test.request('qa', `/api/v1/privacy/requests/${late.request}`),
    )
    expect(history.map(({ type }) => type)).toContain('privacy.request-overdue')
    clock.now = () => new Date()
  })
})

describe('an erasure that is interrupted', () => {
  it('goes on from the step it had reached, whichever that was', async () => {
    const erasure = await grantedErasure(test, await preparedErasure(test, first))
    await post(test, 'qa', `erasures/${erasure}/confirmation`)
    const commands = test.service.app.get(CommandBus, { strict: false })
    const destruction = test.service.app.get(KeyDestruction, { strict: false })
    const carryOut = destruction.carryOut.bind(destruction)
    destruction.carryOut = () => Promise.reject(new Error('The process died.'))
    expect((await send(test, 'administrator', `/api/v1/privacy/erasures/${erasure}/execution`, {})).status).toBe(500)
    const status = async () => {
      await caughtUp(test)
      const { items } = await expected<{ items: { status: string }[] }>(
        200,
        test.request('qa', '/api/v1/privacy/erasures'),
      )
      return items[0]!.status
    }
    expect(await status()).toBe('keys-destroyed')
    destruction.carryOut = carryOut
    let dying = true
    test.service.app.get(SubjectTraces, { strict: false }).register({
      name: 'dies-once',
      tables: [],
      purge: () => (dying ? Promise.reject(new Error('The process died.')) : Promise.resolve(0)),
    })
    await expect(commands.execute(new FinishErasures(asService()))).rejects.toThrow('died')
    expect(await status()).toBe('ciphertext-deleted')
    dying = false
    expect(await commands.execute(new FinishErasures(asService()))).toEqual({ finished: 1 })
    expect(await status()).toBe('completed')
    expect(await commands.execute(new FinishErasures(asService()))).toEqual({ finished: 0 })
  })
})

describe('every table that has rows of a person', () => {
  it('is answered for: purged on erasure, or known to hold codes and random ids alone', async () => {
    const { rows } = await test.db.ownerPool.query<{ table: string }>(
      `select distinct table_schema || '.' || table_name as table from information_schema.columns
        where column_name = 'subject' and data_type = 'uuid' and table_schema not in ('information_schema', 'rebuild')`,
    )
    const purged = test.service.app
      .get(SubjectTraces, { strict: false })
      .holders()
      .flatMap(({ tables }) => tables)
    const unanswered = rows
      .map(({ table }) => table)
      .filter((table) => !purged.includes(table) && !(table in CODED_TABLES))
    expect(unanswered).toEqual([])
    const gone = Object.keys(CODED_TABLES).filter((table) => !rows.some((row) => row.table === table))
    expect(gone).toEqual([])
  })
})
