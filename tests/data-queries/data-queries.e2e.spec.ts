import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openAuthentication } from '../../src/authentication.js'
import type { EvaluationIssuer } from '../../src/identity/evaluation-issuer/create-evaluation-issuer.js'
import { expected, refusal } from '../e2e/support/clinic.js'
import { peopleAndTrials, type Addressed } from '../identity/support/people-and-trials.js'
import { startTestService, type TestService } from '../support/test-service.js'

const QUESTION = 'Ten times the earlier values. Is the unit right?'
const ANSWER = 'Checked against the source: the value stands.'

interface Fact {
  id: string
  kind: string
  status: string
  value: Record<string, unknown>
}
interface Queries {
  queries: { query: string; status: string; ageDays: number; twin: string; code: string; correction: string | null }[]
}

let test: TestService
let issuer: EvaluationIssuer
let within: Addressed
let outside: Record<string, string>
beforeAll(async () => {
  test = await startTestService()
  issuer = (await openAuthentication(test.configuration)).issuer!
  ;({ within, outside } = await peopleAndTrials(test, issuer))
})
afterAll(() => test.stop())

async function call(as: string, path: string, body?: object): Promise<Response> {
  const headers = { authorization: `Bearer ${await issuer.issueToken(as)}`, 'content-type': 'application/json' }
  const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) }
  return test.fetch(`/api/v1${path}`, init)
}
const own = () => within['investigator'] as Record<'twin' | 'subject' | 'trial', string>
const factOf = async (as: string, twin: string) =>
  (await expected<Fact[]>(200, call(as, `/twins/${twin}/facts?kind=observation&status=current`))).find(
    ({ value }) => value['quantity'] !== undefined,
  )!
const asked = { field: 'quantity', reason: 'value-implausible', question: QUESTION }
const raise = (as: string, twin: string, fact: string, more: object = {}) =>
  call(as, `/twins/${twin}/facts/${fact}/queries`, { ...asked, ...more })
const raised = async (as: string, twin: string, more: object = {}) =>
  (await expected<{ query: string }>(201, raise(as, twin, (await factOf(as, twin)).id, more))).query
const step = (as: string, query: string, name: string, body: object = {}) =>
  call(as, `/data-queries/${query}/${name}`, body)
const listed = async (as: string, filter = '') =>
  (await expected<Queries>(200, call(as, `/data-queries${filter}`))).queries
const statusOf = async (query: string) => (await listed('regulator')).find((one) => one.query === query)!.status

// proves TL-QRY-001
describe('a data query of a steward', () => {
  let query: string
  let fact: Fact
  beforeAll(async () => {
    fact = await factOf('steward', own().twin)
    query = await raised('steward', own().twin, { trial: own().trial })
  })

  it('asks about a field that the fact has, in a trial the person is in', async () => {
    const { twin } = own()
    expect(await refusal(raise('steward', twin, fact.id, { field: 'gene' }))).toEqual([400, 'data-query-field-unknown'])
    const elsewhere = { trial: outside['trial'] }
    expect(await refusal(raise('steward', twin, fact.id, elsewhere))).toEqual([404, 'enrolment-not-found'])
    expect(await refusal(raise('steward', twin, own().subject))).toEqual([404, 'fact-not-found'])
  })

  it('is listed to the site with its age, and counted by trial and site', async () => {
    const { twin, trial } = own()
    expect(await listed('investigator', '?status=open')).toMatchObject([{ query, twin, ageDays: 0, status: 'open' }])
    const { sites } = await expected<{ sites: object[] }>(200, call('steward', `/data-queries/summary?trial=${trial}`))
    expect(sites).toEqual([{ trial, site: 'evaluation-site-1', open: 1, answered: 0, oldestDays: 0 }])
  })

  it('changes nothing, and lets nobody but the investigator of the site answer', async () => {
    expect(await factOf('steward', own().twin)).toEqual(fact)
    for (const account of ['steward', 'sponsor', 'compliance', 'regulator', 'qa'])
      expect(await refusal(step(account, query, 'answer', { explanation: ANSWER }))).toEqual([
        403,
        'action-not-permitted',
      ])
    issuer.accounts.assign('investigator', { site: 'another-site' })
    expect(await refusal(step('investigator', query, 'answer', { explanation: ANSWER }))).toEqual([403, 'other-site'])
    expect(await refusal(call('investigator', `/data-queries/${query}`))).toEqual([403, 'other-site'])
    expect(await listed('investigator')).toEqual([])
    issuer.accounts.assign('investigator', { site: 'evaluation-site-1' })
  })

  it('is answered with the correction of the fact, which it then names, and closed by who asked', async () => {
    const { twin } = own()
    const path = `/twins/${twin}/facts/${fact.id}/corrections`
    const replacement = { ...fact.value, quantity: { value: 1, unit: 'mg/dL' }, source: { system: 'clinic-ehr' } }
    const correction = { replacement, reason: 'query-resolution', explanation: 'The unit was mistaken.' }
    const { eventIds } = await expected<{ eventIds: string[] }>(200, call('investigator', path, correction))
    expect(await refusal(step('investigator', query, 'answer'))).toEqual([400, 'data-query-answer-empty'])
    const another = { correction: own().subject }
    expect(await refusal(step('investigator', query, 'answer', another))).toEqual([
      404,
      'data-query-correction-not-found',
    ])
    expect(await refusal(step('steward', query, 'closure'))).toEqual([409, 'data-query-out-of-order'])
    await expected(200, step('investigator', query, 'answer', { correction: eventIds[0] }))
    expect(await listed('steward', '?status=answered')).toMatchObject([{ query, correction: eventIds[0] }])
    await expected(200, step('steward', query, 'closure'))
    expect(await statusOf(query)).toBe('closed')
    expect(await refusal(raise('steward', twin, fact.id))).toEqual([409, 'fact-not-current'])
  })

  it('stands in the audit trail, step by step', async () => {
    const { entries } = await expected<{ entries: { type: string; sentence: string }[] }>(
      200,
      call('regulator', '/audit?type=data-query.*'),
    )
    expect(entries.map(({ type }) => type).reverse()).toEqual([
      'data-query.raised',
      'data-query.question-recorded',
      'data-query.answered',
      'data-query.closed',
    ])
    expect(entries.map(({ sentence }) => sentence).join(' ')).toContain('the fact was corrected')
    expect(JSON.stringify(entries)).not.toContain(QUESTION)
  })
})

// proves TL-QRY-002
describe('a data query of a sponsor', () => {
  const coded = () => within['sponsor'] as Record<'twin' | 'subject', string>
  let query: string
  beforeAll(async () => {
    query = await raised('sponsor', coded().twin)
  })

  it('is asked within the own trial alone', async () => {
    const fact = await factOf('steward', outside['twin']!)
    const elsewhere = { trial: outside['trial'] }
    expect(await refusal(raise('sponsor', outside['twin']!, fact.id, elsewhere))).toEqual([403, 'other-trial'])
    const foreign = await raised('steward', outside['twin']!)
    expect(await refusal(call('sponsor', `/data-queries/${foreign}`))).toEqual([403, 'other-trial'])
    expect((await listed('sponsor')).map((one) => one.query)).not.toContain(foreign)
    await expected(200, step('steward', foreign, 'cancellation', { reason: 'raised-in-error' }))
    expect(await statusOf(foreign)).toBe('cancelled')
  })

  it('is answered in words that name nobody, and read by the sponsor with no id of the record', async () => {
    const person = await expected<{ person: { demographics: { value: { name: { family: string } } }[] } }>(
      200,
      call('investigator', `/twins/${own().twin}?detail=full`),
    )
    const { family } = person.person.demographics.at(-1)!.value.name
    const naming = { explanation: `The value of ${family} stands.` }
    expect(await refusal(step('investigator', query, 'answer', naming))).toEqual([422, 'data-query-answer-identifies'])
    await expected(200, step('investigator', query, 'answer', { explanation: ANSWER }))
    const views = await Promise.all([`/data-queries/${query}`, '/data-queries'].map((path) => call('sponsor', path)))
    const texts = await Promise.all(views.map((view) => view.text()))
    expect(texts[0]).toContain(ANSWER)
    expect(texts[0]).toContain(QUESTION)
    const hidden = [own().twin, own().subject, family, '"position"']
    for (const text of texts) expect(hidden.filter((one) => text.includes(one))).toEqual([])
    expect(await listed('sponsor', `?twin=${coded().twin}`)).toMatchObject([{ twin: coded().twin }, { query }])
  })

  it('is judged by who asked: asked again, answered again, closed', async () => {
    expect(await refusal(step('steward', query, 'closure'))).toEqual([403, 'data-query-of-another'])
    await expected(200, step('sponsor', query, 're-query', { question: 'By which source?' }))
    expect(await statusOf(query)).toBe('open')
    await expected(200, step('investigator', query, 'answer', { explanation: 'By the laboratory report.' }))
    await expected(200, step('sponsor', query, 'closure'))
    expect(await statusOf(query)).toBe('closed')
  })

  it('tells its words to those who take part, and to inspectors; each reading is on record', async () => {
    const words = async (as: string) => (await (await call(as, `/data-queries/${query}`)).text()).includes(ANSWER)
    const readers = ['sponsor', 'investigator', 'steward', 'regulator', 'compliance', 'qa']
    const told: boolean[] = []
    for (const reader of readers) told.push(await words(reader))
    expect(told).toEqual([true, true, true, true, false, false])
    const { entries } = await expected<{ entries: { sentence: string }[] }>(
      200,
      call('regulator', '/audit?type=access.values-opened&limit=6'),
    )
    expect(entries.map(({ sentence }) => sentence)).toContain('steward read 4 value(s): data-query.')
    expect(await refusal(call('modeller', `/data-queries/${query}`))).toEqual([403, 'action-not-permitted'])
  })
})

// proves TL-TRL-009
describe('a data query that has not ended', () => {
  it('keeps the data of its trial from being locked, unless the lock names it with a reason', async () => {
    const { twin, trial } = own()
    const query = await raised('steward', twin, { trial })
    await expected(200, call('sponsor', `/trials/${trial}/closure`, { reason: 'completed' }))
    const lock = (body: object = {}) => call('sponsor', `/trials/${trial}/data-lock`, body)
    const refused = await lock()
    expect([refused.status, await refused.json()]).toMatchObject([
      409,
      { code: 'data-queries-open', count: 1, queries: [query] },
    ])
    expect(await refusal(lock({ leavingOpen: 'nobody looked' }))).toEqual([400, 'invalid-fields'])
    await expected(200, lock({ leavingOpen: 'no-effect-on-analysis' }))
    const { locks } = await expected<{ locks: object[] }>(200, call('regulator', `/trials/${trial}/data-lock`))
    expect(locks).toMatchObject([{ openQueries: [query], reason: 'no-effect-on-analysis' }])
    const { entries } = await expected<{ entries: { sentence: string }[] }>(
      200,
      call('regulator', '/audit?type=randomisation.data-locked&limit=1'),
    )
    expect(entries[0]!.sentence).toMatch(/; 1 data query was left open \(no-effect-on-analysis\)\.$/)
  })
})
