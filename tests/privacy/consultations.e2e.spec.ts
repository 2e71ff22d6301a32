import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { PrivacyClock } from '../../src/privacy/clock.js'
import { expected, refusal, send } from '../e2e/support/clinic.js'
import { allPages } from '../support/all-pages.js'
import { withoutSweeps } from '../support/no-sweeps.js'
import { startTestService, type TestService } from '../support/test-service.js'
import { accountWith, caughtUp, EVERYTHING, person, post, preparedErasure, type Person } from './support.js'

const SITE = 'evaluation-site-1'
const DAY_MS = 86_400_000
const YEARS_MS = 26 * 366 * DAY_MS
const STATEMENT = 'Zq-consultation-canary: the endpoint is not analysed.'
const WHOLE = { outcome: 'granted', erasure: { ground: '17-1-b', classes: EVERYTHING, retained: [] } }
const IN_PART = {
  outcome: 'partial',
  erasure: {
    ground: '17-1-b',
    classes: EVERYTHING.filter((each) => each !== 'trial-record'),
    retained: [{ class: 'trial-record', ground: '17-3-b' }],
  },
}

interface Shown {
  consultation: string
  trial: string
  code: string
  status: string
}

let test: TestService
let trial: string
let sponsor: Awaited<ReturnType<typeof accountWith>>
let people: Person[]
let codes: string[]
beforeAll(async () => {
  withoutSweeps()
  test = await startTestService()
  const protocol = { id: 'PROT-7', version: '1.0' }
  const description = { code: 'ASKED-1', title: 'A trial', sponsor: 'evaluation-sponsor', protocol }
  ;({ trial } = await expected<{ trial: string }>(201, send(test, 'sponsor', '/api/v1/trials', description)))
  sponsor = await accountWith(test, 'sponsor', { trials: [trial] })
  await expected(200, sponsor(`/api/v1/trials/${trial}/sites`, { site: SITE, country: 'DE' }))
  people = [await person(test, 0), await person(test, 1), await person(test, 2), await person(test, 3)]
  codes = []
  for (const { subject } of people.slice(0, 3)) {
    const enrolment = send(test, 'investigator', `/api/v1/trials/${trial}/enrolments`, { subject, site: SITE })
    codes.push((await expected<{ code: string }>(201, enrolment)).code)
  }
})
afterAll(() => test.stop())

const listed = async () =>
  (await expected<{ consultations: Shown[] }>(200, sponsor('/api/v1/privacy/consultations'))).consultations
const about = async (code: string) => (await listed()).find((one) => one.code === code)!
const answer = (consultation: string, body: object) =>
  sponsor(`/api/v1/privacy/consultations/${consultation}/answer`, body)
const decide = (request: string, decision: object) =>
  post<{ code?: string; until?: string }>(test, 'compliance', `requests/${request}/decision`, decision)
const requestAs = (as: string, request: string) =>
  expected<{ consultations: object[]; history: { type: string; data: object }[] }>(
    200,
    test.request(as, `/api/v1/privacy/requests/${request}`),
  )
const decided = async (request: string) =>
  (await requestAs('compliance', request)).history.find(({ type }) => type === 'privacy.request-decided')!.data

// proves TL-PRV-007
describe('an erasure of somebody in a trial', () => {
  it('is put to the sponsor by the code of the trial when it is prepared, and to nobody else', async () => {
    await preparedErasure(test, people[0]!)
    await preparedErasure(test, people[3]!)
    expect(await listed()).toEqual([
      {
        consultation: expect.any(String),
        trial,
        code: codes[0],
        status: 'waiting',
        dueOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        position: null,
      },
    ])
    const { subject, twin } = people[0]!
    const text = JSON.stringify(await listed())
    expect([subject, twin].filter((id) => text.includes(id))).toEqual([])
    expect(await refusal(test.request('modeller', '/api/v1/privacy/consultations'))).toEqual([
      403,
      'action-not-permitted',
    ])
    const { consultation } = await about(codes[0]!)
    const stranger = await accountWith(test, 'sponsor', { trials: [] })
    const path = `/api/v1/privacy/consultations/${consultation}/answer`
    expect(await refusal(stranger(path, { position: 'no-objection' }))).toEqual([403, 'other-trial'])
    await accountWith(test, 'sponsor', { trials: [trial] })
  })

  it('is decided at once where the trial keeps its record, and the decision says that nobody waited', async () => {
    const request = await preparedErasure(test, people[1]!)
    expect(await decide(request, WHOLE)).toMatchObject({ code: 'retention-period-running' })
    const { consultation } = await about(codes[1]!)
    await decide(request, IN_PART)
    expect(await decided(request)).toMatchObject({ consulted: [{ consultation, result: 'not-awaited' }] })
    expect(await refusal(answer(consultation, { position: 'no-objection' }))).toEqual([409, 'consultation-over'])
    expect(await about(codes[1]!)).toMatchObject({ status: 'over' })
  })

  it('says that nobody was to be asked, of somebody in no trial', async () => {
    const { items } = await expected<{ items: { request: string; subject: string }[] }>(
      200,
      test.request('compliance', '/api/v1/privacy/requests?kind=erasure'),
    )
    const { request } = items.find(({ subject }) => subject === people[3]!.subject)!
    await decide(request, WHOLE)
    expect(await decided(request)).toMatchObject({ consulted: [] })
  })
})

describe('an erasure of the record of a trial itself, once the law keeps it no longer', () => {
  const clock = () => test.service.app.get(PrivacyClock, { strict: false })
  let later: number
  beforeAll(async () => {
    await expected(200, sponsor(`/api/v1/trials/${trial}/closure`, { reason: 'completed' }))
    later = Date.now() + YEARS_MS
    clock().now = () => new Date(later)
  })

  // proves TL-PRV-007
  it('waits for the answer of the sponsor, which the decider sees, and says that they were heard', async () => {
    const [who] = people
    const { items } = await expected<{ items: { request: string; subject: string }[] }>(
      200,
      test.request('compliance', '/api/v1/privacy/requests?kind=erasure'),
    )
    const { request } = items.find(({ subject }) => subject === who!.subject)!
    expect(await about(codes[0]!)).toMatchObject({ status: 'over' })
    await decide(request, { outcome: 'refused', grounds: ['17-3-d'] })
    expect(await decided(request)).toMatchObject({ consulted: [{ result: 'unanswered' }] })

    const anew = await preparedErasure(test, who!)
    expect(await decide(anew, WHOLE)).toMatchObject({ code: 'sponsor-consultation-running' })
    const { consultation } = (await listed()).find(({ status }) => status === 'waiting')!
    const position = { position: 'needed-for-analysis', statement: STATEMENT }
    expect(await expected(200, answer(consultation, position))).toEqual({ consultation, replayed: false })
    expect(await refusal(answer(consultation, position))).toEqual([409, 'consultation-answered'])
    expect((await requestAs('compliance', anew)).consultations).toMatchObject([
      { consultation, trial, position: 'needed-for-analysis', statement: STATEMENT },
    ])
    const coded = JSON.stringify((await requestAs('qa', anew)).consultations)
    expect([coded.includes('needed-for-analysis'), coded.includes(STATEMENT), coded.includes(trial)]).toEqual([
      true,
      false,
      false,
    ])
    await decide(anew, WHOLE)
    expect(await decided(anew)).toMatchObject({ consulted: [{ consultation, result: 'answered' }] })
  })

  // proves TL-PRV-007
  it('is decided without an answer once the time to answer is over', async () => {
    const request = await preparedErasure(test, people[2]!)
    const { until } = await decide(request, WHOLE)
    later += 8 * DAY_MS
    expect(Date.parse(until!)).toBeLessThan(later)
    const { consultation } = await about(codes[2]!)
    expect(await refusal(answer(consultation, { position: 'no-objection' }))).toEqual([409, 'consultation-over'])
    await decide(request, WHOLE)
    await caughtUp(test)
    expect(await decided(request)).toMatchObject({ outcome: 'granted', consulted: [{ result: 'unanswered' }] })
  })

  it('is listed page by page, and where a page ended tells the sponsor nothing', async () => {
    const read = (query: string) =>
      expected<{ consultations: Shown[]; next?: string }>(200, sponsor(`/api/v1/privacy/consultations${query}`))
    const pages = await allPages(read)
    expect(pages.flatMap((page) => page.consultations)).toEqual(await listed())
    expect(pages.length).toBeGreaterThan(2)
    const told = pages.slice(0, -1).map(({ next }) => Buffer.from(next!, 'base64url').toString('latin1'))
    const ids = pages.flatMap((page) => page.consultations.map(({ consultation }) => consultation))
    expect(told.filter((cursor) => ids.some((id) => cursor.includes(id)))).toEqual([])
    expect(new Set(told).size).toBe(told.length)
    expect(await refusal(sponsor('/api/v1/privacy/consultations?cursor=cDE'))).toEqual([400, 'cursor-invalid'])
  })

  it('keeps what the sponsor said sealed', async () => {
    const { rows } = await test.db.ownerPool.query<{ stored: Buffer }>('select stored from ledger.payload')
    expect(Buffer.concat(rows.map(({ stored }) => stored)).includes('Zq-consultation-canary')).toBe(false)
  })
})
