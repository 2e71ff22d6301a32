import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { expected, refusal, send } from '../e2e/support/clinic.js'
import { startTestService, type TestService } from '../support/test-service.js'
import {
  accountWith,
  caughtUp,
  erasureOf,
  EVERYTHING,
  grantedErasure,
  NOTICE,
  person,
  post,
  preparedErasure,
  RESEARCH,
  type Person,
} from './support.js'

const SITE = 'evaluation-site-1'
const WITHOUT_TRIAL_RECORD = EVERYTHING.filter((each) => each !== 'trial-record')
const IN_PART = {
  outcome: 'partial',
  erasure: {
    ground: '17-1-b',
    classes: WITHOUT_TRIAL_RECORD,
    retained: [{ class: 'trial-record', ground: '17-3-b' }],
  },
}

type Ask = Awaited<ReturnType<typeof accountWith>>
const REQUESTS = '/api/v1/privacy/hold-requests'

let test: TestService
let trial: string
let sponsor: Ask
let code: string
let wanted: Person
let inspected: Person
let joins: Person
beforeAll(async () => {
  test = await startTestService()
  const protocol = { id: 'PROT-9', version: '1.0' }
  const description = { code: 'HOLD-1', title: 'A trial', sponsor: 'evaluation-sponsor', protocol }
  ;({ trial } = await expected<{ trial: string }>(201, send(test, 'sponsor', '/api/v1/trials', description)))
  sponsor = await accountWith(test, 'sponsor', { trials: [trial] })
  await expected(200, sponsor(`/api/v1/trials/${trial}/sites`, { site: SITE, country: 'DE' }))
  wanted = await person(test, 0)
  inspected = await person(test, 1)
  joins = await person(test, 2)
  code = await enrol(wanted)
})
afterAll(() => test.stop())

async function enrol({ subject }: Person): Promise<string> {
  const scope = { ...RESEARCH, purposes: ['CLINTRCH'], trials: [trial] }
  const consent = { scope, notice: NOTICE, method: 'paper', by: 'subject' }
  await expected(201, send(test, 'investigator', `/api/v1/subjects/${subject}/consents`, consent))
  const enrolment = send(test, 'investigator', `/api/v1/trials/${trial}/enrolments`, { subject, site: SITE })
  const { code: given } = await expected<{ code: string }>(201, enrolment)
  await caughtUp(test)
  return given
}

const confirmed = async (erasure: string) => {
  await post(test, 'qa', `erasures/${erasure}/confirmation`)
  return () => post<{ code?: string; status?: string }>(test, 'administrator', `erasures/${erasure}/execution`)
}
const erasureStatus = async (erasure: string) => {
  const { items } = await expected<{ items: { erasure: string; status: string }[] }>(
    200,
    test.request('compliance', '/api/v1/privacy/erasures'),
  )
  return items.find((item) => item.erasure === erasure)!.status
}

// proves TL-RET-003
describe('a legal hold that a sponsor asks for', () => {
  it('is about somebody of their own trial, named by its code', async () => {
    expect(await refusal(sponsor(REQUESTS, { subject: wanted.subject, ground: 'litigation' }))).toEqual([
      400,
      'enrolment-code-required',
    ])
    const other = await accountWith(test, 'sponsor', { trials: ['44444444-4444-4444-8444-444444444444'] })
    expect(await refusal(other(REQUESTS, { trial, code, ground: 'litigation' }))).toEqual([403, 'other-trial'])
    sponsor = await accountWith(test, 'sponsor', { trials: [trial] })
    expect(await refusal(sponsor(REQUESTS, { trial, code: 'nobody', ground: 'litigation' }))).toEqual([
      404,
      'enrolment-not-found',
    ])
  })

  it('lets an erasure be decided and confirmed, and not be executed before compliance has answered', async () => {
    const asked = await expected<{ hold: string }>(201, sponsor(REQUESTS, { trial, code, ground: 'litigation' }))
    expect(JSON.stringify(asked)).not.toContain(wanted.subject)
    const request = await preparedErasure(test, wanted)
    await post(test, 'compliance', `requests/${request}/decision`, IN_PART)
    const execute = await confirmed(await erasureOf(test, request))
    expect(await execute()).toMatchObject({ code: 'hold-request-pending', holds: [asked.hold] })
    expect(await (await test.request(null, '/metrics')).text()).toMatch(/privacy_hold_requests_pending 1/)

    expect(await post(test, 'qa', `holds/${asked.hold}/decision`)).toMatchObject({ code: 'action-not-permitted' })
    await post(test, 'compliance', `holds/${asked.hold}/decision`, { refusal: 'no-legal-basis' })
    expect(await expected(200, sponsor(REQUESTS))).toMatchObject({
      items: [{ hold: asked.hold, status: 'refused', refusal: 'no-legal-basis' }],
    })
    expect(await execute()).toMatchObject({ status: 'completed' })
  })
})

// proves TL-RET-003
describe('a legal hold that a regulator asks for', () => {
  it('is placed by compliance in the name of the regulator, and stops what was confirmed', async () => {
    const erasure = await grantedErasure(test, await preparedErasure(test, inspected))
    const execute = await confirmed(erasure)
    const order = { subject: inspected.subject, ground: 'inspection' }
    const { hold } = await expected<{ hold: string }>(201, send(test, 'regulator', REQUESTS, order))
    await caughtUp(test)
    await post(test, 'compliance', `holds/${hold}/decision`)
    expect(await erasureStatus(erasure)).toBe('suspended')
    expect(await execute()).toMatchObject({ code: 'legal-hold-active' })
    const { items } = await expected<{ items: object[] }>(200, test.request('qa', '/api/v1/privacy/holds?inForce=true'))
    expect(items).toMatchObject([{ hold, status: 'placed', requestedBy: 'regulator', refusal: null }])
    expect(await post(test, 'compliance', `holds/${hold}/decision`)).toMatchObject({ code: 'hold-decided' })
  })

  it('is about the trials of the engagement, where that is limited to some', async () => {
    const engaged = await accountWith(test, 'regulator', { trials: [trial] })
    const order = { subject: inspected.subject, ground: 'inspection' }
    expect(await refusal(engaged(REQUESTS, order))).toEqual([403, 'other-trial'])
    const concerned = { subject: joins.subject, ground: 'inspection' }
    expect(await refusal(engaged(REQUESTS, concerned))).toEqual([403, 'other-trial'])
  })
})

// proves TL-RET-002
describe('an erasure of what the law began to keep after the decision', () => {
  it('is stopped when it is to be executed; the request is open again and decided anew', async () => {
    const request = await preparedErasure(test, joins)
    const erasure = await grantedErasure(test, request)
    const execute = await confirmed(erasure)
    await enrol(joins)
    expect(await execute()).toMatchObject({
      code: 'retention-period-running',
      kept: [{ keyClass: 'trial-record', recordClasses: ['eu-trial-record'] }],
    })
    await caughtUp(test)
    expect(await erasureStatus(erasure)).toBe('stopped')
    const { history } = await expected<{ history: { type: string }[] }>(
      200,
      test.request('compliance', `/api/v1/privacy/requests/${request}`),
    )
    expect(history.at(-1)).toMatchObject({ type: 'privacy.request-reopened', data: { because: 'retention-duty' } })

    await post(test, 'compliance', `requests/${request}/decision`, IN_PART)
    const anew = await erasureOf(test, request)
    expect(anew).not.toBe(erasure)
    expect(await (await confirmed(anew))()).toMatchObject({ status: 'completed' })
  })
})
