import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Accounting } from '../../src/disclosures/queries/account-disclosures.js'
import { expected, participantOf, refusal, send } from '../e2e/support/clinic.js'
import { accountWith, person, type Person } from '../privacy/support.js'
import { startTestService, type TestService } from '../support/test-service.js'

const AGENCY = 'oversight-agency'

let test: TestService
let who: Person
let path: string
beforeAll(async () => {
  test = await startTestService()
  who = await person(test, 0)
  path = `/api/v1/disclosures/${who.subject}`
})
afterAll(() => test.stop())

// proves TL-AUD-004
describe('the accounting of disclosures over HTTP', () => {
  it('tells a person who was shown what, and not while an agency has it suspended', async () => {
    const agency = await accountWith(test, 'regulator', { org: AGENCY })
    expect((await agency(`/api/v1/twins/${who.twin}?detail=full`)).status).toBe(200)
    const manage = (suffix: string, body: object, method = 'POST') =>
      send(test, 'compliance', `${suffix}`, body, {}, method)
    const posted = { at: '2026-01-05T10:00:00.000Z', recipient: 'Health office', description: 'Result', purpose: 'Law' }
    await expected(201, manage(path, posted))
    await expected(
      200,
      manage(`/api/v1/disclosures/recipients/${AGENCY}`, { name: 'The Agency', address: 'Street 1' }, 'PUT'),
    )

    const own = await participantOf(test, who.subject)
    const recipients = async () =>
      (await expected<Accounting>(200, own(path))).disclosures.map(({ recipient, address }) => [recipient, address])
    expect(await recipients()).toEqual(
      expect.arrayContaining([
        ['Health office', null],
        ['The Agency', 'Street 1'],
      ]),
    )
    const until = new Date(Date.now() + 86_400_000).toISOString()
    await expected(200, manage(`${path}/suspensions`, { agency: AGENCY, statement: 'oral', until }))
    const hidden = await (await own(path)).text()
    expect([hidden.includes('The Agency'), hidden.includes(AGENCY)]).toEqual([false, false])
    const office = await expected<Accounting>(200, test.request('qa', path))
    expect(office.suspensions).toMatchObject([{ agency: AGENCY, statement: 'oral', until }])
    expect((await (await own('/api/v1/audit')).text()).includes('accounting-suspended')).toBe(false)

    await expected(200, manage(`${path}/suspensions/${AGENCY}/end`, {}))
    expect(await recipients()).toEqual(expect.arrayContaining([['The Agency', 'Street 1']]))
    expect((await expected<Accounting>(200, own(path))).suspensions).toMatchObject([{ agency: AGENCY }])
    expect(await refusal(test.request('sponsor', path))).toEqual([403, 'action-not-permitted'])
  })
})
