import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { PrivacyClock } from '../../src/privacy/clock.js'
import type { RetentionCaseRow } from '../../src/retention/retention-case.row.js'
import type { SubjectRetention } from '../../src/retention/queries/get-retention.js'
import { expected, refusal, send } from '../e2e/support/clinic.js'
import { accountWith, caughtUp, EVERYTHING, person, post, preparedErasure, type Person } from '../privacy/support.js'
import { publishNotice } from '../support/published-notice.js'
import { startTestService, type TestService } from '../support/test-service.js'

const SITE = 'evaluation-site-1'
const YEARS_LATER = 26

let test: TestService
let who: Person
let sponsor: Awaited<ReturnType<typeof accountWith>>
let trial: string
beforeAll(async () => {
  test = await startTestService()
  who = await person(test, 0)
  const protocol = { id: 'HEART-1', version: '1' }
  const description = { code: 'HEART-1', title: 'A trial', sponsor: 'evaluation-sponsor', protocol }
  ;({ trial } = await expected<{ trial: string }>(201, send(test, 'sponsor', '/api/v1/trials', description)))
  sponsor = await accountWith(test, 'sponsor', { trials: [trial] })
  await expected(200, sponsor(`/api/v1/trials/${trial}/sites`, { site: SITE, country: 'DE' }))
  const any = { modelClasses: 'any', dataCategories: 'any', duo: [], controller: 'evaluation-clinic' }
  const scope = { ...any, purposes: ['CLINTRCH'], trials: [trial] }
  const notice = { id: 'heart-trial', version: '1.0', language: 'en' }
  await publishNotice(test.service, notice)
  const consent = { scope, notice, method: 'paper', by: 'subject' }
  await expected(201, send(test, 'investigator', `/api/v1/subjects/${who.subject}/consents`, consent))
  const enrolment = { subject: who.subject, site: SITE }
  await expected(201, send(test, 'investigator', `/api/v1/trials/${trial}/enrolments`, enrolment))
  await caughtUp(test)
})
afterAll(() => test.stop())

const compliance = (path: string, body?: object, method?: string) =>
  body === undefined
    ? test.request('compliance', `/api/v1/retention/${path}`)
    : send(test, 'compliance', `/api/v1/retention/${path}`, body, {}, method)
const own = () => expected<SubjectRetention>(200, compliance(`subjects/${who.subject}`))
const review = async () => {
  const done = await expected<{ opened: number; heldBack: number }>(200, compliance('review', {}))
  await caughtUp(test)
  return done
}
const cases = async (status: string) =>
  (await expected<{ items: RetentionCaseRow[] }>(200, compliance(`cases?status=${status}`))).items

// proves TL-RET-002
describe('retention over HTTP', () => {
  it('is set by compliance, longer and never shorter than the law asks', async () => {
    const set = (years: number) =>
      compliance('schedule/us-investigation-record', { years, reason: 'marketing-application' }, 'PUT')
    expect(await refusal(set(1))).toEqual([400, 'retention-too-short'])
    await expected(200, set(5))
    const schedule = await expected<{ recordClass: string; years: number }[]>(200, compliance('schedule'))
    expect(schedule.map(({ recordClass, years }) => [recordClass, years])).toEqual([
      ['eu-trial-record', 25],
      ['us-investigation-record', 5],
      ['trial-record-elsewhere', 25],
      ['us-authorisation', 6],
      ['research-record', 10],
    ])
    expect((await test.request('steward', '/api/v1/retention/schedule')).status).toBe(403)
  })

  it('refuses to erase early what the law keeps, at whoever asks', async () => {
    expect((await own()).lines).toMatchObject([{ keyClass: 'trial-record', state: 'waiting', until: null }])
    const request = await preparedErasure(test, who)
    const decide = (classes: readonly string[], retained: object[]) =>
      post(test, 'compliance', `requests/${request}/decision`, {
        outcome: retained.length > 0 ? 'partial' : 'granted',
        erasure: { ground: '17-1-b', classes, retained },
      })
    expect(await decide(EVERYTHING, [])).toMatchObject({
      code: 'retention-period-running',
      kept: [{ keyClass: 'trial-record', recordClasses: ['eu-trial-record'], until: null }],
    })
    await expected(200, sponsor(`/api/v1/trials/${trial}/closure`, { reason: 'completed' }))
    expect((await own()).lines).toMatchObject([{ keyClass: 'trial-record', state: 'running' }])
    expect(await review()).toEqual({ opened: 0, heldBack: 0 })
    expect(await decide(EVERYTHING, [])).toMatchObject({ code: 'retention-period-running' })
  })

  it('is over one day: a legal hold keeps the data, and then a case waits for persons', async () => {
    const clock = test.service.app.get(PrivacyClock, { strict: false })
    const later = new Date()
    later.setUTCFullYear(later.getUTCFullYear() + YEARS_LATER)
    clock.now = () => later

    const hold = await post<{ hold: string }>(test, 'compliance', 'holds', {
      subject: who.subject,
      requestedBy: 'court',
      ground: 'litigation',
    })
    expect(await review()).toEqual({ opened: 0, heldBack: 1 })
    expect(await review()).toEqual({ opened: 0, heldBack: 0 })
    expect(await cases('held')).toMatchObject([{ subject: who.subject, holds: [hold.hold] }])
    await post(test, 'compliance', `holds/${hold.hold}/lifting`)
    expect(await review()).toEqual({ opened: 1, heldBack: 0 })
    expect(await cases('open')).toMatchObject([{ subject: who.subject, keyClass: 'trial-record', holds: [] }])
    expect(await (await test.request(null, '/metrics')).text()).toMatch(/retention_cases_open 1/)
  })

  it('erases by three persons and never by itself', async () => {
    const path = `subjects/${who.subject}/decision`
    const retained = EVERYTHING.filter((each) => each !== 'trial-record').map((each) => ({
      class: each,
      ground: '17-3-b',
    }))
    const { erasure } = await expected<{ erasure: string }>(200, compliance(path, { retained }))
    await caughtUp(test)
    expect(await cases('decided')).toMatchObject([{ erasure }])
    expect(await refusal(compliance(path, { retained }))).toEqual([409, 'retention-nothing-due'])
    expect(await post(test, 'administrator', `erasures/${erasure}/execution`)).toMatchObject({
      code: 'erasure-not-awaiting',
    })
    await post(test, 'qa', `erasures/${erasure}/confirmation`)
    expect(await post(test, 'administrator', `erasures/${erasure}/execution`)).toMatchObject({ status: 'completed' })
  })
})
