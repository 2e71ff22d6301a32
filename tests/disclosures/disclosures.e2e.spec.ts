import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Accounting } from '../../src/disclosures/queries/account-disclosures.js'
import { expected, participantOf, refusal, send } from '../e2e/support/clinic.js'
import { unzipped } from '../audit/support/unzip.js'
import { accountWith, grantedErasure, person, post, preparedErasure, type Person } from '../privacy/support.js'
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

/** The trail as the person gets it, and its positions. */
const trailText = async (own: Asking) => (await own('/api/v1/audit?limit=200&total=true')).text()
const trail = async (own: Asking): Promise<number[]> => {
  const { entries, total } = JSON.parse(await trailText(own)) as { entries: { position: number }[]; total: number }
  expect(total).toBe(entries.length)
  return entries.map(({ position }) => position)
}
type Asking = Awaited<ReturnType<typeof participantOf>>

/** Where the log says that the agency read. */
async function agencyReading(): Promise<number> {
  const { entries } = await expected<{ entries: { position: number; actor: { org?: string } }[] }>(
    200,
    test.request('qa', `/api/v1/audit?subject=${who.subject}&type=access.values-opened`),
  )
  return entries.find(({ actor }) => actor.org === AGENCY)!.position
}

/** Everything in an archive, as text. */
async function files(answer: Response): Promise<string> {
  const unpacked = await unzipped(Buffer.from(await answer.arrayBuffer()))
  return unpacked.get('audit.ndjson')!.toString()
}

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
    const reading = await agencyReading()
    expect(await trail(own)).toContain(reading)
    const until = new Date(Date.now() + 86_400_000).toISOString()
    await expected(200, manage(`${path}/suspensions`, { agency: AGENCY, statement: 'oral', until }))
    const hidden = await (await own(path)).text()
    expect([hidden.includes('The Agency'), hidden.includes(AGENCY)]).toEqual([false, false])
    const office = await expected<Accounting>(200, test.request('qa', path))
    expect(office.suspensions).toMatchObject([{ agency: AGENCY, statement: 'oral', until }])
    expect((await (await own('/api/v1/audit')).text()).includes('accounting-suspended')).toBe(false)
    expect(await trail(own)).not.toContain(reading)
    expect(await refusal(own(`/api/v1/audit/${reading}`))).toEqual([404, 'position-not-found'])
    const withheld = await trailText(own)
    expect([withheld.includes(AGENCY), withheld.includes('"revision":null')]).toEqual([false, true])
    const copy = await files(await own('/api/v1/audit/export?format=ndjson'))
    expect([copy.length > 0, copy.includes(AGENCY)]).toEqual([true, false])

    await expected(200, manage(`${path}/suspensions/${AGENCY}/end`, {}))
    expect(await recipients()).toEqual(expect.arrayContaining([['The Agency', 'Street 1']]))
    expect(await trail(own)).toContain(reading)
    expect((await expected<Accounting>(200, own(path))).suspensions).toMatchObject([{ agency: AGENCY }])
    expect(await refusal(test.request('sponsor', path))).toEqual([403, 'action-not-permitted'])
  })
})

// proves TL-AUD-004
describe('copies that others keep', () => {
  it('of the audit trail are accounted for, for each person in them, where the organisation does not hold the record', async () => {
    const accounted = async (subject: string) =>
      (await expected<Accounting>(200, test.request('qa', `/api/v1/disclosures/${subject}`))).disclosures
        .filter(({ description }) => description === 'certified copy of the audit trail')
        .map(({ recipient }) => recipient)
    const other = await person(test, 1)
    const outsider = await accountWith(test, 'regulator', { org: 'foreign-authority' })
    expect((await outsider(`/api/v1/audit/export?format=csv&subject=${other.subject}`)).status).toBe(200)
    const holder = await accountWith(test, 'qa', { org: 'evaluation-clinic' })
    expect((await holder(`/api/v1/audit/export?format=csv&subject=${other.subject}`)).status).toBe(200)
    await accountWith(test, 'qa', {})
    expect(await accounted(other.subject)).toEqual(['foreign-authority'])
    expect(await accounted(who.subject)).toEqual([])
  })

  it('of all data are, when they go to an organisation, which is told when the person is forgotten', async () => {
    const leaving = await person(test, 2)
    const asked = { subject: leaving.subject, kind: 'access', channel: 'paper' }
    const { request } = await post<{ request: string }>(test, 'compliance', 'requests', asked)
    await post(test, 'compliance', `requests/${request}/identity-check`, { method: 'document', confirmed: true })
    await post(test, 'compliance', `requests/${request}/decision`, { outcome: 'granted' })
    const copy = await test.request('compliance', `/api/v1/privacy/requests/${request}/copy?recipient=other-clinic`)
    expect((await copy.arrayBuffer()).byteLength).toBeGreaterThan(0)
    const { disclosures } = await expected<Accounting>(
      200,
      test.request('qa', `/api/v1/disclosures/${leaving.subject}`),
    )
    expect(disclosures).toMatchObject([{ recipient: 'other-clinic', description: 'copy of all data' }])

    const erasure = await grantedErasure(test, await preparedErasure(test, leaving))
    await post(test, 'qa', `erasures/${erasure}/confirmation`)
    await post(test, 'administrator', `erasures/${erasure}/execution`)
    const { items } = await expected<{ items: { recipient: string; erasure: string }[] }>(
      200,
      test.request('compliance', '/api/v1/privacy/notices'),
    )
    expect(items.filter((notice) => notice.erasure === erasure).map(({ recipient }) => recipient)).toEqual([
      'other-clinic',
    ])
  })
})
