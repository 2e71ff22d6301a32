import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { PURPOSE_CODES } from '../../src/consents/events.js'
import type { RecordsOfProcessing } from '../../src/processing/get-records.js'
import { expected, refusal, send } from '../e2e/support/clinic.js'
import { person } from '../privacy/support.js'
import { startTestService, type TestService } from '../support/test-service.js'

const PATH = '/api/v1/records-of-processing'

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
      bases: [{ article6: '6-1-a', article9: '9-2-a' }],
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
