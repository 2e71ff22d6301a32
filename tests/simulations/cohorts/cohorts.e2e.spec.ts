import { randomUUID } from 'node:crypto'
import type { Bundle, DetectedIssue, RiskAssessment } from 'fhir/r4.js'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { openAuthentication } from '../../../src/authentication.js'
import { AuthoriseUses, AuthoriseUsesHandler } from '../../../src/consents/commands/authorise-uses.js'
import { GiveConsent } from '../../../src/consents/commands/give-consent.js'
import { RestrictProcessing } from '../../../src/consents/commands/restrict-processing.js'
import { Journal } from '../../../src/journal/journal.js'
import { FindPermit } from '../../../src/permits/queries/find-permit.js'
import { RegisterPlan } from '../../../src/randomisation/commands/register-plan.js'
import { EnrolSubject } from '../../../src/trials/commands/enrol-subject.js'
import { OpenSite } from '../../../src/trials/commands/open-site.js'
import { RegisterTrial } from '../../../src/trials/commands/register-trial.js'
import { WithdrawSubject } from '../../../src/trials/commands/withdraw-subject.js'
import { expressed, notice, scope } from '../../consents/support.js'
import { validateResource } from '../../../src/interop/fhir/validate-resource.js'
import { EVENT_STORE } from '../../../src/journal/journal.tokens.js'
import type { EventStore } from '../../../src/ledger/event-store.js'
import type { Interruption } from '../../../src/simulations/cohorts/queue/part-worker.js'
import { ReplayPart } from '../../../src/simulations/cohorts/replay/replay-part.js'
import { compileService, type CommandProcess, type CompiledService } from '../../e2e/support/service-process.js'
import { MergeTwins } from '../../../src/twins/commands/merge-twins.js'
import { startTestService, type TestService } from '../../support/test-service.js'
import { until } from '../../support/until.js'
import { Wedge } from '../../support/wedge.js'
import { runModelsFromSources } from '../support/runner.js'
import { atInstitute, INSTITUTE, issuedPermit } from './permit-support.js'
import { clerk, makeTwins, optOut, reverseOptOut, withdraw, type MadeTwin } from './support.js'

const MODEL = 'cvd.prevent-2023'
const DAY = '2026-06-01'

let service: TestService
let store: EventStore
let compiled: CompiledService
const workers: CommandProcess[] = []

beforeAll(async () => {
  compiled = await compileService()
  // The service itself works on nothing: what is computed here, separate processes compute.
  service = await startTestService({ COHORT_SLOTS: '0', COHORT_LEASE_SECONDS: '2' })
  store = service.service.app.get<EventStore>(EVENT_STORE)
  runModelsFromSources(service.service.app)
})
afterAll(async () => {
  for (const worker of workers) await worker.kill()
  await service.stop()
  await compiled.remove()
})

function startWorker(): void {
  workers.push(compiled.begin(['worker'], { ...service.environment, COHORT_SLOTS: '2' }))
}

interface Shown {
  status: string
  size: number
  replays: number
  replaying: string | null
  progress: Record<string, number>
}

const post = (path: string, body: object = {}, as = 'modeller', headers: Record<string, string> = {}) =>
  service.request(as, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
/** Parsed here: the validators of FHIR take arrays of their own realm only. */
const get = async <Answer>(path: string, as = 'modeller') =>
  JSON.parse(await (await service.request(as, path)).text()) as Answer
const show = (cohort: string) => get<Shown>(`/api/v1/cohorts/${cohort}`)
/** As somebody whom ids are shown as they are. */
const inspect = (cohort: string) => get<Shown>(`/api/v1/cohorts/${cohort}`, 'regulator')

async function ask(body: object, asking: typeof post = post): Promise<string> {
  await caughtUp()
  const response = await asking('/api/v1/cohorts', { model: MODEL, purpose: 'HRESCH', day: DAY, ...body })
  expect(response.status).toBe(202)
  const { cohort } = (await response.json()) as { cohort: string }
  await caughtUp()
  return cohort
}

/** Posts as a modeller who works on this trial. */
async function modellerOf(trial: string): Promise<typeof post> {
  const { issuer } = await openAuthentication(service.configuration)
  issuer!.accounts.assign('modeller', { trials: [trial] })
  const authorization = `Bearer ${await issuer!.issueToken('modeller')}`
  return (path, body = {}) =>
    service.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify(body),
    })
}

const ended = (cohort: string) =>
  until('the cohort to end', async () => ['finished', 'cancelled'].includes((await show(cohort)).status))

/** Every run of the cohort as its stream tells it: the types of its events. */
async function runsOf(cohort: string): Promise<{ twin: string; types: string[] }[]> {
  const found: { twin: string; types: string[] }[] = []
  for (let next: string | undefined = ''; next !== undefined;) {
    const page: { runs: { run: string; twin: string }[]; next?: string } = await get(
      `/api/v1/cohorts/${cohort}/runs?limit=100${next && `&cursor=${next}`}`,
      // To the modeller who asked, the twins bear other names.
      'steward',
    )
    const streams = await store.readStreams(page.runs.map(({ run }) => `run-${run}`))
    for (const { run, twin } of page.runs)
      found.push({ twin, types: streams.get(`run-${run}`)!.map(({ header }) => header.type) })
    next = page.next
  }
  return found
}

async function usesOf(twins: readonly MadeTwin[]): Promise<number[]> {
  const streams = await store.readStreams(twins.map(({ subject }) => `consent-${subject}`))
  return twins.map(
    ({ subject }) =>
      streams.get(`consent-${subject}`)!.filter(({ header }) => header.type.startsWith('consent.use-')).length,
  )
}

const caughtUp = async () => {
  const { size } = await store.head()
  await service.request('modeller', '/api/v1/cohorts', { headers: { 'ledger-wait-for': String(size) } })
}

describe('a cohort that is cancelled', () => {
  it('begins nothing more, and says how many were not begun', async () => {
    const twins = await makeTwins(service.service, 'cancelled', 4)
    const cohort = await ask({ twins: twins.map(({ twin }) => twin) })
    expect((await post(`/api/v1/cohorts/${cohort}/cancel`)).status).toBe(200)
    startWorker()
    await ended(cohort)
    expect(await show(cohort)).toMatchObject({ status: 'cancelled', progress: { notRun: 4, completed: 0, waiting: 0 } })
    expect(await usesOf(twins)).toEqual([0, 0, 0, 0])
    const again = await post(`/api/v1/cohorts/${cohort}/cancel`)
    expect({ status: again.status, code: ((await again.json()) as { code: string }).code }).toEqual({
      status: 409,
      code: 'cohort-ended',
    })
  })
})

// proves TL-EHD-001
describe('a cohort, when somebody opted out from secondary use', () => {
  const request = (body: object) => post('/api/v1/cohorts', { model: MODEL, purpose: 'HRESCH', day: DAY, ...body })
  const answerTo = async (body: object) => (await request(body)).json() as Promise<{ cohort: string; size: number }>

  it('is chosen without them from that moment on, whatever it is for and however it is chosen, and with them once they are back', async () => {
    const [out, ...others] = (await makeTwins(service.service, 'opted-out', 3)) as [MadeTwin, ...MadeTwin[]]
    await optOut(service.service, out)
    // Not waited for: what the log says must hold before the read models say so.
    const chosen = await Promise.all([
      answerTo({ filter: { source: 'opted-out' } }),
      answerTo({ filter: { source: 'opted-out' }, purpose: 'PUBHLTH' }),
      answerTo({ twins: [out, ...others].map(({ twin }) => twin) }),
    ])
    expect(chosen.map(({ size }) => size)).toEqual([2, 2, 2])
    expect(await (await request({ twins: [out.twin] })).json()).toMatchObject({ code: 'cohort-empty' })
    for (const { cohort } of chosen) {
      const members = (await store.readStream(`cohort-${cohort}`)).map(({ payload }) => payload!.toString())
      expect(members.some((text) => text.includes(out.twin))).toBe(false)
      expect(members.some((text) => text.includes(others[0]!.twin))).toBe(true)
    }
    await reverseOptOut(service.service, out)
    expect((await answerTo({ filter: { source: 'opted-out' } })).size).toBe(3)
    for (const { cohort } of chosen) await post(`/api/v1/cohorts/${cohort}/cancel`)
  })

  it('does not choose a twin that theirs was merged into', async () => {
    const [survivor, merged, other] = (await makeTwins(service.service, 'merged', 3)) as [MadeTwin, MadeTwin, MadeTwin]
    const merge = { survivor: survivor.twin, merged: { twin: merged.twin } }
    await service.service.app.get(CommandBus).execute(new MergeTwins(clerk(), merge))
    await optOut(service.service, merged)
    const { cohort, size } = await answerTo({ filter: { source: 'merged' } })
    expect(size).toBe(1)
    const [, members] = await store.readStream(`cohort-${cohort}`)
    expect(members!.payload!.toString()).toContain(other.twin)
    await post(`/api/v1/cohorts/${cohort}/cancel`)
  })

  it('skips whoever opts out before their turn, and says how many, to nobody who', async () => {
    const [out, ...others] = (await makeTwins(service.service, 'leaving', 3)) as [MadeTwin, ...MadeTwin[]]
    const cohort = await ask({ filter: { source: 'leaving' } })
    await optOut(service.service, out)
    startWorker()
    await ended(cohort)
    expect(await show(cohort)).toMatchObject({
      size: 3,
      progress: { completed: 2, optedOut: 1, notRun: 0, waiting: 0 },
    })
    expect(await show(cohort)).not.toHaveProperty('optedOutSince')
    const runs = await runsOf(cohort)
    expect(runs.map(({ twin }) => twin).sort()).toEqual(others.map(({ twin }) => twin).sort())
    const uses = await get<{ uses: { outcome: string }[] }>(
      `/api/v1/subjects/${out.subject}/consents/uses`,
      'compliance',
    )
    // A worker that knows of the opt-out asks nothing; one that does not is refused, on record.
    expect(uses.uses.filter(({ outcome }) => outcome !== 'refused')).toEqual([])

    await optOut(service.service, others[0]!)
    await caughtUp()
    expect(await inspect(cohort)).toMatchObject({ progress: { completed: 2 }, optedOutSince: 1 })
  })
})

// proves TL-EHD-002
describe('a cohort under a data permit', () => {
  type Use = { outcome: string; consent: string | null; permit: string | null; codes: string[] }
  const usesUnder = async ({ subject }: MadeTwin) =>
    (await get<{ uses: Use[] }>(`/api/v1/subjects/${subject}/consents/uses`, 'compliance')).uses
  const order = (permit: string, source: string) => ({ filter: { source }, permit })
  const refused = async (answer: Promise<Response>) => {
    const response = await answer
    return [response.status, ((await response.json()) as { code: string }).code]
  }

  it('asks nobody’s consent, leaves out whoever opted out, refuses whose data are frozen, and says what it rested on', async () => {
    for (const worker of workers.splice(0)) await worker.kill()
    const made = await makeTwins(service.service, 'permitted', 5, { consents: false })
    const [out, leaving, frozen, ...others] = made as [MadeTwin, MadeTwin, MadeTwin, ...MadeTwin[]]
    const permit = await issuedPermit(service, { identifier: 'HDAB-1' })
    const institute = await atInstitute(service)
    await optOut(service.service, out)
    const { subject } = frozen
    const restriction = { subject, restriction: randomUUID(), ground: 'art-18', purposes: 'any' } as const
    await service.service.app.get(CommandBus).execute(new RestrictProcessing(clerk(), restriction))
    const cohort = await ask(order(permit, 'permitted'), institute)
    await optOut(service.service, leaving)
    startWorker()
    await ended(cohort)
    await caughtUp()
    expect(await show(cohort)).toMatchObject({
      permit,
      size: 4,
      progress: { completed: 2, refused: 1, optedOut: 1, failed: 0 },
    })
    expect(await usesUnder(others[0]!)).toMatchObject([{ outcome: 'authorised', consent: null, permit }])
    expect(await usesUnder(frozen)).toMatchObject([{ outcome: 'refused', permit, codes: ['restricted'] }])
    for (const person of [out, leaving])
      expect((await usesUnder(person)).filter(({ outcome }) => outcome === 'authorised')).toEqual([])

    const { runs } = (await (await institute(`/api/v1/cohorts/${cohort}/runs?status=completed`)).json()) as {
      runs: { run: string }[]
    }
    const { run } = runs[0]!
    expect(await (await institute(`/api/v1/simulations/${run}`)).json()).toMatchObject({ request: { permit } })
    expect(await refused(service.request('modeller', `/api/v1/simulations/${run}`))).toEqual([403, 'use-not-consented'])

    await caughtUp()
    const accounts = await Promise.all(
      others.map((person) => get<{ disclosures: object[] }>(`/api/v1/disclosures/${person.subject}`, 'compliance')),
    )
    for (const { disclosures } of accounts)
      expect(disclosures).toContainEqual(expect.objectContaining({ recipient: INSTITUTE, purpose: 'HRESCH', permit }))
    const records = await get<{ permits: object[] }>('/api/v1/records-of-processing', 'regulator')
    expect(records.permits).toContainEqual(
      expect.objectContaining({
        permit,
        identifier: 'HDAB-1',
        standing: 'in-force',
        until: '2100-01-01T00:00:00.000Z',
      }),
    )
  })

  it('refuses everybody from the position on at which the permit was revoked', async () => {
    for (const worker of workers.splice(0)) await worker.kill()
    const made = await makeTwins(service.service, 'revoked', 2, { consents: false })
    const permit = await issuedPermit(service, { identifier: 'HDAB-2' })
    const { app } = service.service
    const before = await app.get(QueryBus).execute(new FindPermit(permit))
    const cohort = await ask(order(permit, 'revoked'), await atInstitute(service))
    expect(
      (await post(`/api/v1/permits/${permit}/revocation`, { reason: 'revoked-by-access-body' }, 'compliance')).status,
    ).toBe(200)

    // Whoever read the permit before it was revoked and records after that.
    const seen = [before]
    const queries = { execute: (query: FindPermit) => seen.pop() ?? app.get(QueryBus).execute(query) }
    const handler = new AuthoriseUsesHandler(app.get(Journal), queries as unknown as QueryBus)
    const actor = { id: 'modeller-1', role: 'modeller', org: INSTITUTE }
    const use = { purpose: 'HRESCH', model: MODEL, cohort } as const
    const asked = { subject: made[0]!.subject, use, answerId: randomUUID(), holders: ['evaluation-clinic'] }
    const context = { ...clerk(), actor }
    expect(await handler.execute(new AuthoriseUses(context, [asked], permit))).toMatchObject([
      { authorised: false, codes: ['permit-revoked'] },
    ])

    startWorker()
    await ended(cohort)
    expect((await show(cohort)).progress).toMatchObject({ completed: 0, refused: 2 })
    await caughtUp()
    for (const person of made)
      for (const each of await usesUnder(person))
        expect(each).toMatchObject({ outcome: 'refused', permit, codes: ['permit-revoked'] })
    const again = (await atInstitute(service))('/api/v1/cohorts', {
      model: MODEL,
      purpose: 'HRESCH',
      ...order(permit, 'revoked'),
    })
    expect(await (await again).json()).toMatchObject({ code: 'permit-not-covering', codes: ['permit-revoked'] })
  })

  it('is asked for by a modeller of the organisation that the permit was issued to, within the permit, and not by a list', async () => {
    const permit = await issuedPermit(service, { identifier: 'HDAB-3', dataCategories: ['demographics'] })
    const institute = await atInstitute(service)
    const body = { model: MODEL, purpose: 'HRESCH', ...order(permit, 'permitted') }
    const asking = (more: object) => refused(institute('/api/v1/cohorts', { ...body, ...more }))
    expect(await refused(post('/api/v1/cohorts', body))).toEqual([403, 'other-organisation'])
    expect(await refused(post('/api/v1/cohorts', body, 'investigator'))).toEqual([403, 'action-not-permitted'])
    expect(await asking({})).toEqual([422, 'permit-not-covering'])
    expect(await asking({ use: 'decision' })).toEqual([422, 'permit-not-for-decisions'])
    expect(await asking({ permit: randomUUID() })).toEqual([404, 'permit-not-found'])
    const { twin } = (await makeTwins(service.service, 'listed', 1))[0]!
    expect(await asking({ filter: undefined, twins: [twin] })).toEqual([400, 'permit-members-listed'])

    const readers = ['compliance', 'regulator', 'qa', 'modeller', 'administrator']
    const read = readers.map(async (as) => (await service.request(as, `/api/v1/permits/${permit}`)).status)
    expect(await Promise.all(read)).toEqual([200, 200, 200, 403, 403])
    const listed = (await (await institute('/api/v1/permits?standing=in-force')).json()) as { permit: string }[]
    expect(listed.map((each) => each.permit)).toContain(permit)
    const terms = { ...listed.find((each) => each.permit === permit), conditions: 'No words are taken.' }
    expect(await refused(post('/api/v1/permits', terms, 'compliance'))).toEqual([400, 'invalid-fields'])
  })
})

describe('a cohort of a trial', () => {
  // proves TL-TRL-010
  it('refuses whoever left the trial before their run began, on record, and runs the others', async () => {
    const { app } = service.service
    const [left, stayed] = (await makeTwins(service.service, 'of-a-trial', 2)) as [MadeTwin, MadeTwin]
    const commands = app.get(CommandBus)
    const protocol = { id: 'COHORT-1', version: '1.0' }
    const description = { code: 'COHORT-1', title: 'A trial', sponsor: 'evaluation-sponsor', protocol }
    const { trial } = await commands.execute(new RegisterTrial(clerk(), description))
    await commands.execute(new OpenSite(clerk(), { trial, site: 'evaluation-clinic', country: 'DE' }))
    const codes = new Map<string, string>()
    for (const { subject } of [left, stayed]) {
      const inTrial = scope({ purposes: ['CLINTRCH'], trials: [trial], controller: 'evaluation-clinic' })
      await commands.execute(new GiveConsent(clerk(), { subject, scope: inTrial, notice, ...expressed }))
      await caughtUp()
      const enrolment = await commands.execute(new EnrolSubject(clerk(), { trial, subject, site: 'evaluation-clinic' }))
      codes.set(subject, enrolment.code)
    }
    const order = { twins: [left.twin, stayed.twin], purpose: 'CLINTRCH', trial }
    expect((await post('/api/v1/cohorts', { model: MODEL, day: DAY, ...order })).status).toBe(403)
    const cohort = await ask(order, await modellerOf(trial))
    const withdrawal = { trial, code: codes.get(left.subject)!, reason: 'subject-decision' } as const
    await commands.execute(new WithdrawSubject(clerk(), withdrawal))
    startWorker()
    await ended(cohort)
    const runs = new Map((await runsOf(cohort)).map(({ twin, types }) => [twin, types.at(-1)]))
    expect(runs.get(left.twin)).toBe('simulation.refused')
    expect(runs.get(stayed.twin)).toBe('simulation.completed')
    const { runs: listed } = await get<{ runs: { twin: string; codes: string[] }[] }>(
      `/api/v1/cohorts/${cohort}/runs?limit=10`,
      'steward',
    )
    expect(listed.find(({ twin }) => twin === left.twin)!.codes).toEqual(['subject-withdrawn'])

    // A score that was fitted on these very persons.
    const outsiders = await makeTwins(service.service, 'outside-of-the-trial', 1)
    const elsewhere = await ask({ twins: outsiders.map(({ twin }) => twin) })
    for (const trainedOn of [elsewhere, cohort])
      await commands.execute(
        new RegisterPlan(clerk(), {
          trial,
          version: '1',
          digest: 'd'.repeat(64),
          score: MODEL,
          designs: [],
          trainedOn,
        }),
      )
    const { plans } = await get<{ plans: object[] }>(`/api/v1/trials/${trial}/randomisation`, 'regulator')
    expect(plans).toMatchObject([
      { training: { cohort: elsewhere, participants: 2, overlap: 0 } },
      { training: { cohort, participants: 2, overlap: 2 } },
    ])
    const forDecision = { ...order, twins: undefined, twin: stayed.twin, model: MODEL, day: DAY, use: 'decision' }
    const refused = await (await modellerOf(trial))('/api/v1/simulations', forDecision)
    expect(await refused.json()).toMatchObject({
      code: 'model-use-refused',
      codes: expect.arrayContaining(['training-overlaps-trial']),
    })
  })
})

describe('a cohort whose worker is killed in the middle', () => {
  // proves TL-SIM-006
  it('ends with one recorded outcome for each twin: nothing is lost, nothing is doubled', async () => {
    const twins = await makeTwins(service.service, 'killed', 320)
    const [first, ...others] = workers.splice(0)
    for (const other of others) await other.kill()
    const wedge = await Wedge.in(service.db)
    // It can begin two parts of four, and end none.
    await wedge.before('cohort.part-finished')
    const cohort = await ask({ filter: { source: 'killed' } })
    await wedge.holds('the end of a part')
    await first!.kill()
    await wedge.endWaiting()
    await wedge.release()
    await wedge.close()
    await caughtUp()
    const { status, progress } = await show(cohort)
    expect({ status, someEnded: progress.completed! > 0, isEnded: progress.completed === 320 }).toEqual({
      status: 'running',
      someEnded: true,
      isEnded: false,
    })

    startWorker()
    await ended(cohort)
    expect(await show(cohort)).toMatchObject({
      status: 'finished',
      size: 320,
      parts: 4,
      partsFinished: 4,
      progress: { completed: 320, requested: 0, refused: 0, failed: 0, cancelled: 0, notRun: 0, waiting: 0 },
    })
    const runs = await runsOf(cohort)
    expect(new Set(runs.map(({ twin }) => twin))).toEqual(new Set(twins.map(({ twin }) => twin)))
    expect(runs).toHaveLength(320)
    expect(new Set(runs.map(({ types }) => types.join()))).toEqual(
      new Set(['simulation.requested,simulation.completed']),
    )
    expect(new Set(await usesOf(twins))).toEqual(new Set([1]))
    const events = await store.readStream(`cohort-${cohort}`)
    expect(events.filter(({ header }) => header.type === 'cohort.part-finished')).toHaveLength(4)
    expect(events.at(-1)!.header.type).toBe('cohort.finished')
  })
})

describe('a cohort', () => {
  it('asks each person’s consent, and records every refusal as the end of a run', async () => {
    const willing = await makeTwins(service.service, 'mixed', 3)
    const [gone] = await makeTwins(service.service, 'mixed', 1)
    await withdraw(service.service, gone!)
    await makeTwins(service.service, 'mixed', 2, { consents: false })
    await makeTwins(service.service, 'mixed', 1, { facts: [] })
    const cohort = await ask({ filter: { source: 'mixed' } })
    await ended(cohort)
    expect((await show(cohort)).progress).toMatchObject({ completed: 3, refused: 4, failed: 0 })
    const { runs } = await get<{ runs: { twin: string; codes: string[] }[] }>(
      `/api/v1/cohorts/${cohort}/runs?status=refused`,
      'steward',
    )
    expect(runs.find(({ twin }) => twin === gone!.twin)!.codes).toEqual(['withdrawn'])
    expect(runs.filter(({ codes }) => codes.join() === 'no-consent')).toHaveLength(2)
    expect(runs.some(({ codes }) => codes.includes('bmi:missing'))).toBe(true)
    expect(runs.some(({ twin }) => willing.some((one) => one.twin === twin))).toBe(false)
  })

  it('is the same one under the same Idempotency-Key, and open to nobody else of its role', async () => {
    const twins = (await makeTwins(service.service, 'keyed', 2)).map(({ twin }) => twin)
    await caughtUp()
    const key = { 'idempotency-key': 'cohort-key-1' }
    const order = { model: MODEL, purpose: 'HRESCH', twins }
    const first = (await (await post('/api/v1/cohorts', order, 'modeller', key)).json()) as { cohort: string }
    const second = await (await post('/api/v1/cohorts', order, 'modeller', key)).json()
    expect(second).toMatchObject({ cohort: first.cohort, size: 2, replayed: true })
    const other = await post('/api/v1/cohorts', { ...order, purpose: 'HQUALIMP' }, 'modeller', key)
    expect(await other.json()).toMatchObject({ code: 'idempotency-key-reused' })
    expect((await service.request('investigator', `/api/v1/cohorts/${first.cohort}`)).status).toBe(403)
    expect((await service.request('participant', '/api/v1/cohorts')).status).toBe(403)
    expect((await service.request('regulator', `/api/v1/cohorts/${first.cohort}`)).status).toBe(200)
  })

  it('is computed again as a whole from the ledger alone', async () => {
    await makeTwins(service.service, 'repeated', 3)
    await makeTwins(service.service, 'repeated', 1, { consents: false })
    const cohort = await ask({ filter: { source: 'repeated' } })
    await ended(cohort)
    const path = `/api/v1/cohorts/${cohort}/replays`
    expect((await post(path)).status).toBe(403)
    const key = { 'Idempotency-Key': 'replay-once' }
    const asked = await post(path, {}, 'regulator', key)
    const { replay } = (await asked.json()) as { replay: string }
    expect({ status: asked.status, location: asked.headers.get('location') }).toEqual({
      status: 202,
      location: `${path}/${replay}`,
    })
    expect(await (await post(path, {}, 'regulator', key)).json()).toEqual({ cohort, replay })

    const followed = await (await service.request('regulator', `${path}/${replay}/progress`)).text()
    const result = { status: 'finished', partsFinished: 1, equal: 3, differing: 0, notRepeatable: 0 }
    expect(await get(`${path}/${replay}`, 'regulator')).toMatchObject({ cohort, replay, ...result })
    expect(followed.split('\n\n').filter(Boolean).at(-1)).toMatch(/"status":"finished".*"equal":3/)
    expect((await runsOf(cohort)).map(({ types }) => types.filter((type) => type === 'simulation.replayed'))).toEqual(
      expect.arrayContaining([[], ...Array<string[]>(3).fill(['simulation.replayed'])]),
    )
    await until('the list to say so', async () => (await show(cohort)).replays === 1)
    expect(await show(cohort)).toMatchObject({ replaysDiffering: 0, replaying: null })
  })

  it('is computed again no further when that is cancelled, and what is left of it is taken up by others', async () => {
    await makeTwins(service.service, 'stopped', 2)
    const cohort = await ask({ filter: { source: 'stopped' } })
    await ended(cohort)
    for (const worker of workers.splice(0)) await worker.kill()
    const path = `/api/v1/cohorts/${cohort}/replays`
    const request = async () => ((await (await post(path, {}, 'regulator')).json()) as { replay: string }).replay
    const first = await request()
    const work = (replay: string, reason: Interruption) =>
      service.service.app
        .get(CommandBus)
        .execute(new ReplayPart({ cohort, part: 0, replay }, AbortSignal.abort(reason)))
    await expect(work(first, 'interrupted')).rejects.toMatchObject({ code: 'part-interrupted' })
    expect((await post(`${path}/${first}/cancel`, {}, 'regulator')).status).toBe(200)
    const second = await request()
    await work(second, 'cancelled')
    expect(await get(`${path}/${second}`, 'regulator')).toMatchObject({ status: 'running', partsFinished: 0 })
    await until('the list to name it', async () => (await inspect(cohort)).replaying === second)

    startWorker()
    await until('the second to end', async () => {
      const { status } = await get<{ status: string }>(`${path}/${second}`, 'regulator')
      return status === 'finished'
    })
    expect(await get(`${path}/${first}`, 'regulator')).toMatchObject({ status: 'cancelled', equal: 0 })
    expect(await get(`${path}/${second}`, 'regulator')).toMatchObject({ equal: 2, differing: 0 })
    const runs = await runsOf(cohort)
    expect(runs.map(({ types }) => types.filter((type) => type === 'simulation.replayed').length)).toEqual([1, 1])
  })

  it('is compared once by two processes that work on one part, because a lease was lost', async () => {
    await makeTwins(service.service, 'twice', 2)
    const cohort = await ask({ filter: { source: 'twice' } })
    await ended(cohort)
    for (const worker of workers.splice(0)) await worker.kill()
    const path = `/api/v1/cohorts/${cohort}/replays`
    const { replay } = (await (await post(path, {}, 'regulator')).json()) as { replay: string }
    const { signal } = new AbortController()
    const work = () => service.service.app.get(CommandBus).execute(new ReplayPart({ cohort, part: 0, replay }, signal))
    await Promise.all([work(), work()])
    expect(await get(`${path}/${replay}`, 'regulator')).toMatchObject({ status: 'finished', equal: 2, differing: 0 })
    const runs = await runsOf(cohort)
    expect(runs.map(({ types }) => types.filter((type) => type === 'simulation.replayed').length)).toEqual([1, 1])
    startWorker()
  })

  it('is told in FHIR, run by run: RiskAssessment for what completed, DetectedIssue for what was refused', async () => {
    const [willing] = await makeTwins(service.service, 'fhir', 1)
    const [unasked] = await makeTwins(service.service, 'fhir', 1, { consents: false })
    const cohort = await ask({ filter: { source: 'fhir' } })
    await ended(cohort)
    const assessments = await get<Bundle>(`/fhir/R4/RiskAssessment?subject=Patient/${willing!.twin}`, 'regulator')
    const issues = await get<Bundle>(`/fhir/R4/DetectedIssue?patient=${unasked!.twin}`, 'regulator')
    const [assessment] = assessments.entry!.map(({ resource }) => resource as RiskAssessment)
    const [issue] = issues.entry!.map(({ resource }) => resource as DetectedIssue)
    expect([assessments, issues, assessment!, issue!].flatMap((resource) => validateResource(resource))).toEqual([])
    const risk = assessment!.prediction!.find(({ outcome }) => outcome!.text!.startsWith('y10.total_cvd:'))
    expect(risk!.probabilityDecimal).toBeCloseTo(0.147, 3)
    expect(issue!.evidence).toMatchObject([{ code: [{ coding: [{ code: 'consent.no-consent' }] }] }])
    const read = await get<RiskAssessment>(`/fhir/R4/RiskAssessment/${assessment!.id}`, 'regulator')
    expect(read).toEqual(assessment)
    expect((await service.request('regulator', `/fhir/R4/DetectedIssue/${assessment!.id}`)).status).toBe(404)
  })

  it('tells its progress as server-sent events until it ends', async () => {
    await makeTwins(service.service, 'followed', 2)
    const cohort = await ask({ filter: { source: 'followed' } })
    const response = await service.request('modeller', `/api/v1/cohorts/${cohort}/progress`)
    expect(response.headers.get('content-type')).toMatch(/text\/event-stream/)
    const events = (await response.text()).split('\n\n').filter(Boolean)
    expect(events.every((event) => event.includes('event: progress'))).toBe(true)
    expect(events.at(-1)).toMatch(/"status":"finished"/)
    expect(events.at(-1)).toMatch(/"completed":2/)
  })

  it('keeps nothing but random ids in the queue', async () => {
    const { rows } = await service.db.servicePool.query<{ data: object }>(
      `select distinct data - 'part' - 'cohort' - 'replay' as data from queue.job where name = 'cohort-parts'`,
    )
    expect(rows).toEqual([{ data: {} }])
  })

  it.each([
    ['no twins', { filter: { source: 'nowhere' } }, 422, 'cohort-empty'],
    ['a twin that does not exist', { twins: ['9d2b40d5-8c0c-4c4b-a4a5-5b6c0f0c8f11'] }, 404, 'twin-not-found'],
    [
      'a list and a filter',
      { twins: ['9d2b40d5-8c0c-4c4b-a4a5-5b6c0f0c8f11'], filter: {} },
      400,
      'cohort-members-unclear',
    ],
    ['an unknown model', { filter: {}, model: 'cvd.none' }, 422, 'model-not-mapped'],
  ])('of %s is declined', async (_, more, status, code) => {
    const response = await post('/api/v1/cohorts', { model: MODEL, purpose: 'HRESCH', ...more })
    expect({ status: response.status, code: ((await response.json()) as { code: string }).code }).toEqual({
      status,
      code,
    })
  })
})
