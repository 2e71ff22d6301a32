import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { PURPOSE_CODES } from '../../src/consents/events.js'
import type { RecordsOfProcessing } from '../../src/processing/get-records.js'
import { expected, refusal, send } from '../e2e/support/clinic.js'
import { caughtUp, NOTICE, person, RESEARCH } from '../privacy/support.js'
import { allPages } from '../support/all-pages.js'
import { publishNotice } from '../support/published-notice.js'
import { startTestService, type TestService } from '../support/test-service.js'

const PATH = '/api/v1/records-of-processing'
const PUBLISHED = { id: 'renewed', version: '1.0', language: 'en' }

let test: TestService
beforeAll(async () => {
  test = await startTestService()
})
afterAll(() => test.stop())

// proves TL-PRV-004
describe('the records of processing over HTTP', () => {
  const records = () => expected<RecordsOfProcessing>(200, test.request('regulator', PATH))

  it('name every purpose with both bases, who is shown it, and the controllers of what is here', async () => {
    expect((await records()).controllers).toEqual([])
    await person(test, 0)
    const { activities, controllers, securityMeasures } = await records()
    expect(controllers).toHaveLength(1)
    expect(activities.map(({ purpose }) => purpose)).toEqual(PURPOSE_CODES)
    expect(activities.find(({ purpose }) => purpose === 'HRESCH')).toMatchObject({
      bases: [
        { article6: '6-1-a', article9: '9-2-a' },
        { article6: '6-1-c', article9: '9-2-j' },
      ],
      recipients: expect.arrayContaining(['modeller']),
    })
    expect(securityMeasures.join()).toContain(test.configuration.keyManagement)
  })

  it('follow what is configured: a period that is set stands in them, on paper too', async () => {
    const period = { years: 30, reason: 'national-law' }
    const path = '/api/v1/retention/schedule/eu-trial-record'
    await expected(200, send(test, 'compliance', path, period, {}, 'PUT'))
    expect((await records()).retention).toMatchObject([{ recordClass: 'eu-trial-record', years: 30 }, {}, {}, {}, {}])
    const page = await test.request('compliance', `${PATH}.html`)
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(await page.text()).toContain('30 years from the end of the trial')
  })

  it('are for those who answer for the processing', async () =>
    expect(await refusal(test.request('modeller', PATH))).toEqual([403, 'action-not-permitted']))
})

// proves TL-CON-007
describe('a notice that changed', () => {
  const PATH_OF = (version: string) => `/api/v1/outdated-notices?notice=${NOTICE.id}&version=${version}`
  const outdated = async (version: string) =>
    (await expected<{ consents: { consent: string }[] }>(200, test.request('compliance', PATH_OF(version)))).consents

  it('has to reach again whoever consented under another version, and nobody whose consent ended', async () => {
    const { subject } = await person(test, 1)
    const path = `/api/v1/subjects/${subject}/consents`
    const gift = { scope: RESEARCH, notice: NOTICE, method: 'paper', by: 'subject' }
    const { consent } = await expected<{ consent: string }>(201, send(test, 'investigator', path, gift))
    await caughtUp(test)
    expect(await outdated(NOTICE.version)).toEqual([])
    expect(await outdated('3.0')).toMatchObject([{ subject, consent, version: NOTICE.version, language: 'en' }])
    await expected(200, send(test, 'investigator', `${path}/${consent}/withdrawal`, { method: 'paper', by: 'subject' }))
    await caughtUp(test)
    expect(await outdated('3.0')).toEqual([])
  })

  it('is known by its publication, without anybody naming the version, and in which language to tell', async () => {
    const [{ subject }, { subject: other }] = [await person(test, 2), await person(test, 3)]
    const [swiss, english] = [{ ...PUBLISHED, language: 'de-CH' }, PUBLISHED]
    for (const notice of [swiss, english]) await publishNotice(test.service, notice)
    const gift = { scope: RESEARCH, notice: swiss, method: 'paper', by: 'subject' }
    const given = (of: string) =>
      expected<{ consent: string }>(201, send(test, 'investigator', `/api/v1/subjects/${of}/consents`, gift))
    const [{ consent }, { consent: second }] = [await given(subject), await given(other)]
    const listed = async () =>
      (await expected<{ consents: object[] }>(200, test.request('compliance', '/api/v1/outdated-notices'))).consents
    expect(await listed()).toEqual([])
    const next = { id: PUBLISHED.id, version: '2.0', language: 'de' }
    await publishNotice(test.service, next, { inForceFrom: '2021-01-01T00:00:00.000Z' })
    expect(await listed()).toMatchObject([
      { subject, consent, notice: PUBLISHED.id, version: '1.0', valid: { version: '2.0', language: 'de' } },
      { subject: other, consent: second },
    ])
    type Page = { consents: { consent: string }[]; next?: string }
    const read = (query: string) => expected<Page>(200, test.request('compliance', `/api/v1/outdated-notices${query}`))
    const pages = await allPages(read)
    expect(pages.map(({ consents }) => consents.map((one) => one.consent))).toEqual([[consent], [second]])
    const asked = test.request('compliance', '/api/v1/outdated-notices?version=2.0')
    expect(await refusal(asked)).toEqual([400, 'invalid-fields'])
  })

  it('concerns those who answer for the processing', async () =>
    expect(await refusal(test.request('modeller', PATH_OF('3.0')))).toEqual([403, 'action-not-permitted']))
})
