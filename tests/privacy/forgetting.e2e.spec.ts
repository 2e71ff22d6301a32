import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Bundle } from 'fhir/r4.js'
import { compactVerify, importJWK, type JWK } from 'jose'
import { canonicalJson } from '../../src/ledger/canonical-json.js'
import { leafHash } from '../../src/ledger/log/hash.js'
import { noteVerifier } from '../../src/ledger/log/note-key.js'
import { parseTlogProof, verifyTlogProof } from '../../src/ledger/log/tlog-proof.js'
import { verifyDatabase } from '../../src/ledger/postgres/verify-database.js'
import { ProjectionEngine } from '../../src/projections/projection-engine.js'
import type { SignedCertificate } from '../../src/privacy/certificate/certificate.js'
import type { TwinDiff } from '../../src/twins/diff.js'
import type { TwinView } from '../../src/twins/twin-view.js'
import { expected, readTwin, send } from '../e2e/support/clinic.js'
import { storeOf } from '../e2e/support/ledger.js'
import { startTestService, type TestService } from '../support/test-service.js'
import {
  accountWith,
  caughtUp,
  giveConsent,
  grantedErasure,
  person,
  post,
  preparedErasure,
  run,
  signedInAs,
  type Person,
} from './support.js'

/** An organisation that is shown values and does not answer for them. */
const RECIPIENT = 'research-partner'

let test: TestService
let forgotten: Person
let other: Person
let otherBefore: TwinView
let before: Awaited<ReturnType<typeof tellingOf>>
let otherTelling: typeof before
let erasure: string
let nameToRecipient: string
let participant: Awaited<ReturnType<typeof signedInAs>>
beforeAll(async () => {
  test = await startTestService()
  forgotten = await person(test, 0)
  other = await person(test, 1)
  await giveConsent(test, forgotten)
  await implausible(forgotten)
  // No version is approved here: the refusal is on record with its reason.
  const order = { twin: forgotten.twin, model: 'cvd.prevent-2023', purpose: 'HRESCH', use: 'decision' }
  await send(test, 'modeller', '/api/v1/simulations', order)
  await caughtUp(test)
  const shown = await accountWith(test, 'modeller', { org: RECIPIENT })
  ;({ twin: nameToRecipient } = await expected<TwinView>(200, shown(`/api/v1/twins/${forgotten.twin}`)))
  before = await tellingOf(forgotten)
  otherTelling = await tellingOf(other)
  otherBefore = await readTwin(test, 'regulator', other.twin, '?detail=full')
})
afterAll(() => test.stop())

/** As a list that is asked for one status alone. */
async function erasuresThatAre(status: string): Promise<string[]> {
  const path = `/api/v1/privacy/erasures?status=${status}`
  const { items } = await expected<{ items: { erasure: string }[] }>(200, test.request('administrator', path))
  return items.map((each) => each.erasure)
}

/** A cholesterol that nobody has: a finding with its code. */
async function implausible({ twin }: Person): Promise<void> {
  const fact = {
    kind: 'observation',
    code: { system: 'http://loinc.org', code: '2093-3' },
    quantity: { value: 90_000, unit: 'mg/dL' },
    status: 'final',
    effective: { at: '2026-03-01T00:00:00Z' },
    source: { system: 'clinic-ehr' },
  }
  await expected(200, send(test, 'investigator', `/api/v1/twins/${twin}/facts`, { facts: [fact] }))
}

/** What the read models say of a person that tells of health: how many findings, and codes of consents and runs. */
async function tellingOf({ subject }: Person): Promise<{ findings: number; codes: string[] }> {
  const { rows } = await test.db.ownerPool.query<{ findings: number; codes: string[] }>(
    `select (select count(*)::int from read.twin_finding where subject = $1) as findings,
            array(select unnest(codes) from read.simulation_run where subject = $1
                  union all select unnest(duo || model_classes) from read.consent where subject = $1) as codes`,
    [subject],
  )
  return rows[0]!
}

const vkey = async () => (await (await test.request(null, '/log/vkey')).text()).trim()
/** How many facts can be read: told as a number, so that a failure stays readable. */
const readable = ({ facts }: TwinView): number => facts.filter(({ value }) => value !== null).length

// proves TL-VLT-005
describe('forgetting a person', () => {
  it('is asked for by the person, prepared, and decided by nobody but compliance', async () => {
    participant = await signedInAs(test, forgotten)
    const own = { subject: forgotten.subject, kind: 'erasure', channel: 'electronic', statement: 'Forget me.' }
    expect((await participant('requests', { ...own, subject: other.subject })).status).toBe(403)
    const { request } = await expected<{ request: string }>(201, participant('requests', own))
    await expected(200, participant(`requests/${request}`))
    await post(test, 'steward', `requests/${request}/preparation`)
    for (const account of ['steward', 'investigator', 'qa', 'administrator', 'regulator'])
      expect(await post(test, account, `requests/${request}/decision`, { outcome: 'granted' })).toMatchObject({
        code: 'action-not-permitted',
      })
    erasure = await grantedErasure(test, request)
  })

  it('takes two more persons, in their order', async () => {
    expect(await post(test, 'administrator', `erasures/${erasure}/execution`)).toMatchObject({
      code: 'erasure-not-awaiting',
    })
    expect(await post(test, 'compliance', `erasures/${erasure}/confirmation`)).toMatchObject({
      code: 'action-not-permitted',
    })
    expect(await post(test, 'qa', `erasures/${erasure}/execution`)).toMatchObject({ code: 'action-not-permitted' })
    expect(await erasuresThatAre('decided')).toEqual([erasure])
    await post(test, 'qa', `erasures/${erasure}/confirmation`)
    expect([await erasuresThatAre('decided'), await erasuresThatAre('confirmed')]).toEqual([[], [erasure]])
    const blind = await expected<{ items: object[] }>(200, test.request('administrator', '/api/v1/privacy/erasures'))
    expect(JSON.stringify(blind)).not.toContain(forgotten.subject)
    expect(await post(test, 'administrator', `erasures/${erasure}/execution`)).toMatchObject({
      erasure,
      status: 'completed',
    })
  })

  it('leaves nothing that can be read, while everybody else stays as they were', async () => {
    const view = await readTwin(test, 'regulator', forgotten.twin, '?detail=full')
    expect([view.facts.length > 0, readable(view)]).toEqual([true, 0])
    expect(view.person!.demographics).toMatchObject([{ value: null, erased: true }])
    expect(view.facts.filter(({ erased }) => !erased)).toEqual([])
    const [fact] = view.facts
    const of = (path: string) => test.request('regulator', `/api/v1/twins/${forgotten.twin}/${path}`)
    expect(await expected(200, of(`facts/${fact!.id}`))).toMatchObject([{ value: null, erased: true }])
    const { facts } = await expected<TwinDiff>(200, of('diff?from=0'))
    expect([facts.added.length > 0, facts.added.filter(({ erased }) => !erased?.includes('after'))]).toEqual([true, []])
    const after = await readTwin(test, 'regulator', other.twin, '?detail=full')
    expect(after).toEqual(otherBefore)
  })

  it('takes what tells of health out of the read models, and nothing of anybody else', async () => {
    expect(before).toMatchObject({
      findings: expect.any(Number),
      codes: expect.arrayContaining(['version-not-proposed', 'cvd']),
    })
    expect(before.findings).toBeGreaterThan(0)
    expect(await tellingOf(forgotten)).toEqual({ findings: 0, codes: [] })
    const { findings } = await readTwin(test, 'regulator', forgotten.twin)
    expect(findings.filter(({ value }) => value !== null)).toEqual([])
    expect(await tellingOf(other)).toEqual(otherTelling)
  })

  it('leaves no ciphertext, no working key and no identifier of the person', async () => {
    const { rows } = await test.db.ownerPool.query<{ left: string }>(
      `select e.position::text as left from ledger.event e join ledger.payload p using (position)
        where convert_from(e.leaf, 'UTF8')::jsonb->>'subject' = $1::uuid::text and convert_from(e.leaf, 'UTF8')::jsonb->'payload' ? 'kid'
       union all select kid::text from vault.subject_key where subject = $1::uuid and wrapped is not null
       union all select subject::text from vault.identifier where subject = $1::uuid`,
      [forgotten.subject],
    )
    expect(rows).toEqual([])
  })

  it('refuses further uses and takes no more data of the person', async () => {
    expect(await run(test, forgotten)).toMatchObject({ status: 403, code: 'consent-missing' })
  })

  it('says in the portable copy that there was more', async () => {
    const asked = { subject: forgotten.subject, kind: 'portability', channel: 'paper' }
    const { request } = await post<{ request: string }>(test, 'compliance', 'requests', asked)
    await post(test, 'compliance', `requests/${request}/identity-check`, { method: 'document', confirmed: true })
    await post(test, 'compliance', `requests/${request}/decision`, { outcome: 'granted' })
    const copy = test.request('compliance', `/api/v1/privacy/requests/${request}/copy`)
    const { entry } = await expected<Bundle>(200, copy)
    expect(entry!.map(({ resource }) => resource!.resourceType)).toEqual(['Patient', 'OperationOutcome'])
    expect(JSON.stringify(entry)).toContain('[erased]')
  })

  it('tells the organisations that were shown values', async () => {
    const notices = await expected<{ items: { recipient: string }[] }>(
      200,
      test.request('compliance', '/api/v1/privacy/notices'),
    )
    expect(notices.items.map(({ recipient }) => recipient)).toEqual([RECIPIENT])
    const own = await accountWith(test, 'modeller', { org: RECIPIENT })
    const told = await expected(200, own('/api/v1/privacy/notices'))
    expect(told).toMatchObject({ items: [{ recipient: RECIPIENT, trial: null, twins: [nameToRecipient] }] })
    expect([forgotten.twin, erasure].filter((id) => JSON.stringify(told).includes(id))).toEqual([])
    const foreign = await accountWith(test, 'sponsor', { org: 'somebody-else' })
    expect(await expected(200, foreign('/api/v1/privacy/notices'))).toEqual({ items: [] })
  })

  // proves TL-VLT-004
  it('leaves a log that verifies, with the missing payloads accounted for', async () => {
    // A cluster deletes nothing: tests/e2e/kurrentdb.e2e.spec.ts says what stays there.
    if (!storeOf(test).deletesPayloads) return
    const verified = await verifyDatabase(test.db.ownerPool, { vkey: await vkey() })
    expect(verified.deleted).toBeGreaterThan(20)
  })

  it('is certified: signed, with a proof of each step that holds without the service', async () => {
    const path = `/api/v1/privacy/erasures/${erasure}/certificate`
    const { certificate, signature, proofs } = await expected<SignedCertificate>(
      200,
      participant(`erasures/${erasure}/certificate`),
    )
    expect(certificate).toMatchObject({
      erased: expect.arrayContaining(['identity']),
      retained: [],
      subject: forgotten.subject,
    })
    expect(certificate.payloads + (certificate.payloadsKept ?? 0)).toBeGreaterThan(20)
    const { status, events: inClear, telling } = certificate.residue
    expect([status, inClear > telling.length]).toEqual(['pseudonymised', true])
    expect(telling.map(({ type }) => type)).toEqual([
      'consent.given',
      'consent.use-authorised',
      'simulation.refused',
      'simulation.requested',
      'twin.quality-finding-recorded',
    ])
    const actors = certificate.steps.slice(0, 3).map(({ by }) => [by.role, by.id])
    expect(actors.map(([role]) => role)).toEqual(['compliance', 'qa', 'administrator'])
    const { keys } = await expected<{ keys: JWK[] }>(200, test.request(null, '/api/v1/keys'))
    const { payload } = await compactVerify(signature, await importJWK(keys[0]!, 'EdDSA'))
    expect(Buffer.from(payload).toString()).toBe(canonicalJson(certificate))
    const verifier = noteVerifier(await vkey())
    const events = await storeOf(test).find(certificate.steps.map(({ event }) => event))
    for (const { position, proof } of proofs) {
      const { leaf } = events.find((event) => event.position === position)!
      expect(() => verifyTlogProof(parseTlogProof(proof), leafHash(leaf), [verifier])).not.toThrow()
    }
    const page = await (await test.request('qa', `${path}.html`)).text()
    expect(page).toContain('twin.quality-finding-recorded')
    expect(page).toContain(certificate.erasure)
    const blind = await expected<SignedCertificate>(200, test.request('administrator', path))
    expect(JSON.stringify(blind.certificate)).not.toContain(forgotten.subject)
  })

  it('is not undone by rebuilding every read model from zero', async () => {
    const engine = test.service.app.get(ProjectionEngine, { strict: false })
    for (const { name } of await engine.status()) {
      const { equal } = await engine.rebuild(name)
      expect([name, Object.values(equal).includes(false)]).toEqual([name, false])
    }
    await caughtUp(test)
    // The run that was refused since says no more than why.
    expect(await tellingOf(forgotten)).toEqual({ findings: 0, codes: ['erased'] })
    const view = await readTwin(test, 'regulator', forgotten.twin)
    expect([view.facts.length > 0, readable(view)]).toEqual([true, 0])
  })
})

// proves TL-RET-001
describe('a legal hold', () => {
  it('keeps what it was placed on, and its end opens the request again', async () => {
    const request = await preparedErasure(test, other)
    const order = { subject: other.subject, requestedBy: 'regulator', ground: 'inspection' }
    const { hold } = await post<{ hold: string }>(test, 'compliance', 'holds', order)
    await post(test, 'qa', `holds/${hold}/judgement`, { approved: true })
    const scope = {
      ground: '17-1-b',
      classes: ['identity', 'trial-record', 'optional-research', 'contact'],
      retained: [],
    }
    const grant = { outcome: 'granted', erasure: scope }
    expect(await post(test, 'compliance', `requests/${request}/decision`, grant)).toMatchObject({
      code: 'legal-hold-active',
    })
    const status = async () => {
      const page = await expected<{ items: { request: string; status: string }[] }>(
        200,
        test.request('compliance', '/api/v1/privacy/requests?kind=erasure'),
      )
      return page.items.find((item) => item.request === request)!.status
    }
    expect(await status()).toBe('held')
    // What quality assurance approved, compliance alone does not undo.
    const lifting = `holds/${hold}/lifting`
    await post(test, 'compliance', lifting)
    expect(await status()).toBe('held')
    const judged = (as: string, approved: boolean) => post(test, as, `${lifting}/judgement`, { approved })
    expect(await judged('compliance', true)).toMatchObject({ status: 403 })
    await judged('qa', false)
    expect(await judged('qa', true)).toMatchObject({ code: 'hold-lifting-not-asked' })
    await post(test, 'compliance', lifting)
    expect(await post(test, 'compliance', lifting)).toMatchObject({ code: 'hold-lifting-pending' })
    await caughtUp(test)
    const { items } = await expected<{ items: object[] }>(
      200,
      test.request('qa', `/api/v1/privacy/holds?subject=${other.subject}`),
    )
    expect(items).toMatchObject([{ hold, status: 'approved', liftingRequestedAt: expect.any(String) }])
    await judged('qa', true)
    expect(await status()).toBe('prepared')
    expect(await readTwin(test, 'regulator', other.twin, '?detail=full')).toEqual(otherBefore)
  })
})
