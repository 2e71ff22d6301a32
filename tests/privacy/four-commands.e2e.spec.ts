import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { expected, readTwin, send } from '../e2e/support/clinic.js'
import type { SignedCertificate } from '../../src/privacy/certificate/certificate.js'
import { runModelsFromSources } from '../simulations/support/runner.js'
import { startTestService, type TestService } from '../support/test-service.js'
import {
  accountWith,
  caughtUp,
  erasureOf,
  EVERYTHING,
  NOTICE,
  person,
  post,
  preparedErasure,
  RESEARCH,
  type Person,
} from './support.js'

const SITE = 'evaluation-site-1'
const CONSENT = { notice: NOTICE, method: 'electronic', by: 'subject' }
const MODEL = 'cvd.prevent-2023'

type Prepared = Person & { code: string; runs: string[] }

let test: TestService
let trial: string
let people: Record<'leaves' | 'withdraws' | 'objects' | 'optsOut' | 'forgotten' | 'bystander', Prepared>
beforeAll(async () => {
  test = await startTestService()
  runModelsFromSources(test.service.app)
  const description = {
    code: '2026-501234-17-00',
    title: 'Statin intensity',
    sponsor: 'evaluation-sponsor',
    protocol: { id: 'PROT-042', version: '1.0' },
  }
  ;({ trial } = await expected<{ trial: string }>(201, send(test, 'sponsor', '/api/v1/trials', description)))
  await expected(200, send(test, 'sponsor', `/api/v1/trials/${trial}/sites`, { site: SITE, country: 'CH' }))
  people = {
    leaves: await participant(),
    withdraws: await participant(),
    objects: await participant(),
    optsOut: await participant(),
    forgotten: await participant(),
    bystander: await participant(),
  }
})
afterAll(() => test.stop())

let index = 0
/** A person in the trial who consented to research and to the trial, with a run of each. */
async function participant(): Promise<Prepared> {
  const who = await person(test, index++)
  const { subject } = who
  const inTrial = { ...RESEARCH, purposes: ['CLINTRCH'], trials: [trial] }
  for (const scope of [RESEARCH, inTrial])
    await expected(201, send(test, 'investigator', `/api/v1/subjects/${subject}/consents`, { ...CONSENT, scope }))
  const enrolment = send(test, 'investigator', `/api/v1/trials/${trial}/enrolments`, { subject, site: SITE })
  const { code } = await expected<{ code: string }>(201, enrolment)
  const runs: string[] = []
  for (const order of [{ purpose: 'HRESCH' }, { purpose: 'CLINTRCH', trial }])
    runs.push(((await (await attempt(who, order)).json()) as { run: string }).run)
  await caughtUp(test)
  return { ...who, code, runs }
}

const attempt = ({ twin }: Person, order: object): Promise<Response> =>
  send(test, 'investigator', '/api/v1/simulations', { twin, model: MODEL, ...order })

/** Which runs may still be asked for; what the record lacks for the model (422) is another matter. */
async function permitted(who: Person): Promise<{ research: boolean; inTrial: boolean }> {
  const may = async (order: object) => ![403, 409].includes((await attempt(who, order)).status)
  return { research: await may({ purpose: 'HRESCH' }), inTrial: await may({ purpose: 'CLINTRCH', trial }) }
}

/** Every answer that tells a modeller or a sponsor why they may not do research with a person's data. */
async function toldToUsers({ twin, subject }: Person): Promise<string[]> {
  const research = { twin, model: MODEL, purpose: 'HRESCH' }
  const asModeller = (path: string, body?: object) =>
    body ? send(test, 'modeller', path, body) : test.request('modeller', path)
  const asSponsor = await accountWith(test, 'sponsor', { trials: [trial] })
  const refused = [
    await asModeller('/api/v1/simulations', research),
    await asSponsor('/api/v1/simulations', { ...research, trial }),
  ]
  const texts = await Promise.all(refused.map((answer) => answer.text()))
  expect(refused.map(({ status }) => status)).toEqual([403, 403])
  const { run } = JSON.parse(texts[1]!) as { run: string }
  const latest = 'type=simulation.refused&limit=5'
  const asked: [(path: string) => Promise<Response>, string][] = [
    [asModeller, '/api/v1/simulations?status=refused'],
    [asModeller, `/api/v1/audit?${latest}`],
    [asSponsor, `/api/v1/simulations/${run}`],
    [asSponsor, `/fhir/R4/DetectedIssue/${run}`],
    [asSponsor, `/api/v1/audit?trial=${trial}&${latest}`],
    [asSponsor, `/api/v1/audit?trial=${trial}&type=consent.use-refused&limit=5`],
    [asSponsor, `/api/v1/subjects/${subject}/consents/coverage?purpose=HRESCH&trial=${trial}`],
    [asSponsor, `/api/v1/subjects/${subject}/consents/uses?trial=${trial}`],
    [asSponsor, `/api/v1/twins/${twin}/readiness?purpose=HRESCH&trial=${trial}`],
  ]
  for (const [ask, path] of asked) texts.push(JSON.stringify(await expected(200, ask(path))))
  return texts
}

/** What is left of a person: runs on record, facts that can be read, classes with a working key. */
async function leftOf({ twin, subject, runs }: Prepared) {
  const found = await Promise.all(runs.map((run) => test.request('regulator', `/api/v1/simulations/${run}`)))
  const { facts } = await readTwin(test, 'regulator', twin)
  const { rows } = await test.db.ownerPool.query<{ class: string }>(
    'select class from vault.subject_key where subject = $1 and wrapped is not null order by class',
    [subject],
  )
  return {
    runs: found.every(({ status }) => status === 200),
    facts: facts.some(({ value }) => value !== null),
    keys: rows.map((row) => row.class),
  }
}
const EVERYTHING_LEFT = {
  runs: true,
  facts: true,
  keys: expect.arrayContaining(['contact', 'identity', 'trial-record']),
}

// proves TL-PRV-002
describe('four commands have four effects', () => {
  it('trial withdrawal ends new runs in that trial, and touches no consent, no earlier run and no key', async () => {
    const { leaves } = people
    expect(await permitted(leaves)).toEqual({ research: true, inTrial: true })
    const path = `/api/v1/trials/${trial}/enrolments/${leaves.code}/withdrawal`
    await expected(200, send(test, 'investigator', path, { reason: 'subject-decision' }))
    expect(await permitted(leaves)).toEqual({ research: true, inTrial: false })
    expect(await leftOf(leaves)).toEqual(EVERYTHING_LEFT)
  })

  it('consent withdrawal ends every use that rested on consent, and what was done before stays valid', async () => {
    const { withdraws } = people
    const path = `/api/v1/subjects/${withdraws.subject}/consents/withdrawal`
    await expected(200, send(test, 'investigator', path, { method: 'electronic', by: 'subject' }))
    expect(await permitted(withdraws)).toEqual({ research: false, inTrial: false })
    expect(await leftOf(withdraws)).toEqual(EVERYTHING_LEFT)
  })

  it('objection freezes the purposes it names, whatever consent says, and leaves the others and the record', async () => {
    const { objects } = people
    const asked = { subject: objects.subject, kind: 'objection', channel: 'paper', purposes: ['HRESCH'] }
    const { request } = await post<{ request: string }>(test, 'compliance', 'requests', asked)
    await post(test, 'compliance', `requests/${request}/identity-check`, { method: 'document', confirmed: true })
    await post(test, 'compliance', `requests/${request}/decision`, { outcome: 'granted' })
    expect(await permitted(objects)).toEqual({ research: false, inTrial: true })
    expect(await leftOf(objects)).toEqual(EVERYTHING_LEFT)
  })

  // proves TL-EHD-001
  it('an opt-out ends secondary use until it is taken back, marks what was done before, and leaves the trial', async () => {
    const { subject, twin, runs } = people.optsOut
    const ask = await accountWith(test, 'participant', { subject })
    const path = `/api/v1/subjects/${subject}/opt-out`
    const says = { method: 'electronic', by: 'subject', comment: 'I read about it.' }
    expect(await (await ask(path)).json()).toEqual({ subject, optedOut: false })
    expect((await ask(path, says)).status).toBe(200)

    expect(await permitted(people.optsOut)).toEqual({ research: false, inTrial: true })
    expect(await leftOf(people.optsOut)).toEqual(EVERYTHING_LEFT)
    const shown = await expected<{ since: string }>(200, test.request('compliance', path))
    expect(shown).toMatchObject({ optedOut: true, method: 'electronic', by: 'subject' })
    const marks = runs.map(async (run) => expected(200, test.request('regulator', `/api/v1/simulations/${run}`)))
    expect(await Promise.all(marks)).toEqual([
      expect.objectContaining({ optedOutSince: shown.since }),
      expect.not.objectContaining({ optedOutSince: expect.anything() }),
    ])
    expect((await test.request('modeller', `/api/v1/twins/${twin}`)).status).toBe(403)
    for (const role of ['modeller', 'sponsor']) expect((await test.request(role, path)).status).toBe(403)
    for (const told of await toldToUsers(people.optsOut)) {
      expect(told).toContain('no-consent')
      expect(told).not.toContain('opted-out')
    }

    const reversal = { method: 'paper', by: 'subject' }
    await expected(200, send(test, 'compliance', `${path}/reversal`, reversal))
    expect(await permitted(people.optsOut)).toEqual({ research: true, inTrial: true })
    expect((await test.request('modeller', `/api/v1/twins/${twin}`)).status).toBe(200)
    const history = await expected<{ type: string; data: object | null }[]>(
      200,
      test.request('compliance', `/api/v1/subjects/${subject}/consents/history`),
    )
    const comment = history.find(({ type }) => type === 'consent.opt-out-comment-recorded')
    expect(comment).toMatchObject({ data: null })
    const nobody = `/api/v1/subjects/${randomUUID()}/opt-out`
    expect(await (await send(test, 'compliance', nobody, reversal)).json()).toMatchObject({ code: 'subject-not-found' })
  })

  // proves TL-EHD-001
  it('an opt-out follows the person through a merge of their twins, and is taken back under either id', async () => {
    const [survivor, ended, late] = [
      await person(test, index++),
      await person(test, index++),
      await person(test, index++),
    ]
    for (const { subject } of [survivor, ended])
      await expected(
        201,
        send(test, 'investigator', `/api/v1/subjects/${subject}/consents`, { ...CONSENT, scope: RESEARCH }),
      )
    const says = { method: 'paper', by: 'subject' }
    const optOut = ({ subject }: Person, then = '') =>
      expected(200, send(test, 'compliance', `/api/v1/subjects/${subject}/opt-out${then}`, says))
    const merge = ({ twin }: Person) =>
      expected(200, send(test, 'steward', `/api/v1/twins/${survivor.twin}/merge`, { twin }))
    const standings = async () => {
      const paths = [survivor, ended].map(({ subject }) => `/api/v1/subjects/${subject}/opt-out`)
      const shown = paths.map((path) => expected<{ optedOut: boolean }>(200, test.request('compliance', path)))
      const research = await attempt(survivor, { purpose: 'HRESCH' })
      const { codes = [] } = (await research.json()) as { codes?: string[] }
      return { out: (await Promise.all(shown)).map(({ optedOut }) => optedOut), refused: codes }
    }
    const [OUT, BACK] = [
      { out: [true, true], refused: ['opted-out'] },
      { out: [false, false], refused: [] },
    ]

    await optOut(ended)
    await merge(ended)
    expect(await standings()).toEqual(OUT)
    await optOut(survivor, '/reversal')
    expect(await standings()).toEqual(BACK)
    await optOut(ended)
    expect(await standings()).toEqual(OUT)
    await optOut(ended, '/reversal')
    expect(await standings()).toEqual(BACK)

    await Promise.all([merge(late), optOut(late)])
    expect(await standings()).toEqual(OUT)

    // Each id has keys of its own: what is asked of all data is asked under each.
    const asked = { subject: survivor.subject, kind: 'erasure', channel: 'paper' }
    type Received = { request: string; underOtherIds: { request: string; subject: string }[] }
    const received = await post<Received>(test, 'compliance', 'requests', asked)
    expect(received.underOtherIds.map(({ subject }) => subject).sort()).toEqual([ended.subject, late.subject].sort())
    for (const { request } of received.underOtherIds)
      expect(await expected(200, test.request('compliance', `/api/v1/privacy/requests/${request}`))).toMatchObject({
        request,
      })
  })

  // proves TL-RET-002
  it('erasure ends every use, and leaves of somebody in an open trial what the trial must keep', async () => {
    const { forgotten } = people
    const request = await preparedErasure(test, forgotten)
    const decide = (decision: object) => post(test, 'compliance', `requests/${request}/decision`, decision)
    const whole = { ground: '17-1-b', classes: EVERYTHING, retained: [] }
    expect(await decide({ outcome: 'granted', erasure: whole })).toMatchObject({
      code: 'retention-period-running',
      kept: [{ keyClass: 'trial-record', recordClasses: ['trial-record-elsewhere'], until: null }],
    })
    const classes = EVERYTHING.filter((each) => each !== 'trial-record')
    const part = { ground: '17-1-b', classes, retained: [{ class: 'trial-record', ground: '17-3-b' }] }
    await decide({ outcome: 'partial', erasure: part })
    const erasure = await erasureOf(test, request)
    await post(test, 'qa', `erasures/${erasure}/confirmation`)
    await post(test, 'administrator', `erasures/${erasure}/execution`)
    expect(await permitted(forgotten)).toEqual({ research: false, inTrial: false })
    expect(await leftOf(forgotten)).toEqual({ runs: true, facts: true, keys: ['trial-record'] })
    const { certificate } = await expected<SignedCertificate>(
      200,
      test.request('compliance', `/api/v1/privacy/erasures/${erasure}/certificate`),
    )
    expect(certificate).toMatchObject({ erased: classes, retained: part.retained })
  })

  it('none of them touches anybody else', async () => {
    expect(await permitted(people.bystander)).toEqual({ research: true, inTrial: true })
    expect(await leftOf(people.bystander)).toEqual(EVERYTHING_LEFT)
  })
})
