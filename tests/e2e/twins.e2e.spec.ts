/** A twin's life through the whole service, with the tokens of its own issuer. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openAuthentication, evaluationIssuerUrl } from '../../src/authentication.js'
import { pseudonymousActorId } from '../../src/identity/caller.js'
import { DEMO_CLINIC, DEMO_SITE } from '../../src/identity/evaluation-issuer/accounts.js'
import type { FactRecord } from '../../src/twins/fact-history.js'
import type { TwinReceipt } from '../../src/twins/twin-writer.js'
import { startTestService, type TestService } from '../support/test-service.js'
import { expected, readTwin, refusal, send } from './support/clinic.js'
import { headersOf, logSize, readsOf, verifyStored } from './support/ledger.js'

let test: TestService
/** Pseudonym under which an account's acts are recorded. */
let actorOf: (account: string) => string
beforeAll(async () => {
  test = await startTestService()
  const { actorSecret } = await openAuthentication(test.configuration)
  actorOf = (account) => pseudonymousActorId(actorSecret, evaluationIssuerUrl(test.configuration), account)
})
afterAll(() => test.stop())

const source = { system: 'clinic-ehr' }
const registration = () => ({
  custody: { controller: DEMO_CLINIC, owner: DEMO_SITE },
  source: 'clinic-ehr',
  demographics: { name: { family: 'Muster' }, sex: 'female', birthDate: '1966-07-08', source },
  identifiers: [{ system: 'urn:mrn', value: randomUUID() }],
})
const cholesterol = (value: number) => ({
  kind: 'observation',
  code: { system: 'http://loinc.org', code: '2093-3' },
  quantity: { value, unit: 'mg/dL' },
  status: 'final',
  effective: { at: '2026-01-15T09:30:00Z' },
  source,
})

type Registered = TwinReceipt & { subject: string }
const path = (twin: string, rest = '') => `/api/v1/twins/${twin}${rest}`
const change = (twin: string, rest: string, body: unknown, headers = {}) =>
  send(test, 'investigator', path(twin, rest), body, headers)
const register = (body = registration()) => expected<Registered>(201, send(test, 'investigator', '/api/v1/twins', body))
const record = (twin: string, ...values: number[]) =>
  expected<TwinReceipt>(200, change(twin, '/facts', { facts: values.map(cholesterol) }))
const lastEventOf = async (twin: string) => (await headersOf(test, `twin-${twin}`)).at(-1)!

describe('registering', () => {
  it('answers with where the twin is, its revision and the position reached', async () => {
    const answer = await send(test, 'investigator', '/api/v1/twins', registration())
    const { twin, revision, position } = await expected<Registered>(201, Promise.resolve(answer))
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      location: path(twin),
      etag: `"${revision}"`,
      'ledger-position': String(position! + 1),
    })
    expect(await logSize(test)).toBe(position! + 1)
  })

  it('is the site’s own business', async () => {
    const elsewhere = { ...registration(), custody: { controller: DEMO_CLINIC, owner: 'another-site' } }
    expect(await refusal(send(test, 'investigator', '/api/v1/twins', elsewhere))).toEqual([403, 'other-site'])
    expect(await refusal(send(test, 'modeller', '/api/v1/twins', registration()))).toEqual([
      403,
      'action-not-permitted',
    ])
  })

  it('happens once for a person, also when asked for twice at the same time', async () => {
    const body = registration()
    const answers = await Promise.all([1, 2, 3].map(() => send(test, 'investigator', '/api/v1/twins', body)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
  })
})

describe('correcting', () => {
  it('adds a version, explains it, and leaves the earlier value readable', async () => {
    const { twin } = await register()
    const [fact] = (await record(twin, 1950)).eventIds
    const correction = { reason: 'entry-error', explanation: 'One digit too many.', replacement: cholesterol(195) }
    await expected(200, change(twin, `/facts/${fact}/corrections`, correction))
    const versions = test.request('investigator', path(twin, `/facts/${fact}?detail=full`))
    expect(await expected(200, versions)).toMatchObject([
      { status: 'corrected', value: { quantity: { value: 1950, unit: 'mg/dL' } } },
      {
        status: 'current',
        value: { quantity: { value: 195 } },
        reason: 'entry-error',
        explanation: 'One digit too many.',
        actor: { id: actorOf('investigator'), role: 'investigator', org: DEMO_CLINIC },
      },
    ])
  })

  it('is refused on a revision that is no longer the latest', async () => {
    const { twin } = await register()
    const stale = { 'if-match': (await test.request('investigator', path(twin))).headers.get('etag')! }
    const { eventIds } = await record(twin, 205)
    const withdrawal = { reason: 'duplicate', explanation: 'Twice.', replacement: null }
    const corrections = `/facts/${eventIds[0]}/corrections`
    expect(await refusal(change(twin, corrections, withdrawal, stale))).toEqual([412, 'revision-conflict'])
    expect(await refusal(change(twin, corrections, withdrawal, { 'if-match': '*' }))).toEqual([400, 'if-match-invalid'])
    const current = { 'if-match': (await test.request('investigator', path(twin))).headers.get('etag')! }
    const corrected = await change(twin, corrections, withdrawal, current)
    expect(corrected.status).toBe(200)
    expect(corrected.headers.get('etag')).not.toBe(current['if-match'])
  })

  it('concerns demographics too', async () => {
    const { twin } = await register()
    const replacement = { name: { family: 'Muster' }, sex: 'female', birthDate: '1966-08-07', source }
    const correction = { reason: 'subject-request', explanation: 'Day and month were swapped.', replacement }
    await expected(200, change(twin, '/demographics/corrections', correction))
    const { person } = await readTwin(test, 'investigator', twin, '?detail=full')
    expect(person!.demographics.map(({ value }) => value!.birthDate)).toEqual(['1966-07-08', '1966-08-07'])
  })
})

describe('an Idempotency-Key', () => {
  it('gives the same answer to the same request and records once', async () => {
    const { twin } = await register()
    const key = { 'idempotency-key': randomUUID() }
    const ask = (value: number) => change(twin, '/facts', { facts: [cholesterol(value)] }, key)
    const first = await expected<TwinReceipt>(200, ask(195))
    expect(await expected(200, ask(195))).toEqual({ ...first, replayed: true })
    expect(await refusal(ask(196))).toEqual([422, 'idempotency-key-reused'])
    expect(await lastEventOf(twin)).toMatchObject({ revision: first.revision })
  })

  it('holds for requests that come at the same time', async () => {
    const body = registration()
    const key = { 'idempotency-key': randomUUID() }
    const answers = [1, 2, 3].map(() =>
      expected<Registered>(201, send(test, 'investigator', '/api/v1/twins', body, key)),
    )
    const receipts = await Promise.all(answers)
    expect(new Set(receipts.map(({ twin, revision }) => `${twin} ${revision}`)).size).toBe(1)
    expect(receipts.filter(({ replayed }) => !replayed)).toHaveLength(1)
  })

  it('with another body at the same time is refused for one of the two', async () => {
    const { twin } = await register()
    const key = { 'idempotency-key': randomUUID() }
    const answers = await Promise.all(
      [195, 196].map((value) => change(twin, '/facts', { facts: [cholesterol(value)] }, key)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422])
  })

  it('used again for another person leaves that person free to be registered', async () => {
    const key = { 'idempotency-key': randomUUID() }
    const [one, other] = [registration(), registration()]
    const first = await expected<Registered>(201, send(test, 'investigator', '/api/v1/twins', one, key))
    const reused = send(test, 'investigator', '/api/v1/twins', other, key)
    expect(await refusal(reused)).toEqual([422, 'idempotency-key-reused'])
    expect((await register(other)).subject).not.toBe(first.subject)
  })

  it('belongs to the caller: another one’s is another key', async () => {
    const key = { 'idempotency-key': randomUUID() }
    const mine = await expected<Registered>(201, send(test, 'investigator', '/api/v1/twins', registration(), key))
    const theirs = await expected<Registered>(201, send(test, 'steward', '/api/v1/twins', registration(), key))
    expect(theirs.twin).not.toBe(mine.twin)
  })

  it('that carries a message is refused', async () => {
    const { twin } = await register()
    const answer = change(twin, '/facts', { facts: [cholesterol(1)] }, { 'idempotency-key': 'for Mrs Muster' })
    expect(await refusal(answer)).toEqual([400, 'idempotency-key-invalid'])
  })
})

describe('merging', () => {
  it('ends one twin and lets its facts and identifiers live on in the other', async () => {
    const doubled = registration()
    const [ended, survivor] = [await register(doubled), await register()]
    await record(ended.twin, 195)
    await expected(200, change(survivor.twin, '/merge', { identifier: doubled.identifiers[0] }))
    expect(await readTwin(test, 'investigator', survivor.twin)).toMatchObject({
      absorbed: [{ merged: ended.twin }],
      facts: [{ twin: ended.twin, value: { quantity: { value: 195 } } }],
    })
    expect(await refusal(change(ended.twin, '/facts', { facts: [cholesterol(1)] }))).toEqual([409, 'twin-merged'])
    expect(await refusal(send(test, 'investigator', '/api/v1/twins', doubled))).toEqual([409, 'twin-exists'])
  })
})

describe('withdrawing from use', () => {
  it('stops new facts until the twin is returned', async () => {
    const { twin } = await register()
    await expected(200, change(twin, '/withdrawal', { reason: 'objection-pending' }))
    expect(await refusal(change(twin, '/facts', { facts: [cholesterol(1)] }))).toEqual([409, 'twin-withdrawn'])
    expect(await lastEventOf(twin)).toMatchObject({ type: 'twin.withdrawn-from-use', reason: 'objection-pending' })
    await expected(200, change(twin, '/return-to-use', { reason: 'review-completed' }))
    await record(twin, 195)
  })
})

describe('looking back', () => {
  it('shows the twin as of a revision and as of a time, and what changed between', async () => {
    const { twin } = await register()
    const [fact] = (await record(twin, 195)).eventIds
    const then = await readTwin(test, 'investigator', twin)
    const correction = { reason: 'wrong-unit', explanation: 'x', replacement: cholesterol(201) }
    await expected(200, change(twin, `/facts/${fact}/corrections`, correction))
    for (const point of [`?revision=${then.revision}`, `?asOf=${then.lastRecordedAt}`])
      expect(await readTwin(test, 'investigator', twin, point)).toEqual(then)
    for (const from of [String(then.revision), then.lastRecordedAt!]) {
      const diff = await expected(200, test.request('investigator', path(twin, `/diff?from=${from}`)))
      expect(diff).toMatchObject({
        facts: {
          added: [],
          changed: [{ before: { quantity: { value: 195 } }, after: { quantity: { value: 201 } } }],
          withdrawn: [],
        },
      })
    }
    const unregistered = test.request('investigator', path(twin, '?asOf=2001-01-01T00:00:00Z'))
    expect(await refusal(unregistered)).toEqual([404, 'twin-not-found'])
  })
})

describe('findings', () => {
  it('appear with the fact, with their meaning, and go when it is corrected', async () => {
    const { twin } = await register()
    const [fact] = (await record(twin, 90_000)).eventIds
    const open = () => expected<{ value: { rule: string } }[]>(200, test.request('steward', path(twin, '/findings')))
    expect(await open()).toContainEqual(
      expect.objectContaining({
        value: expect.objectContaining({ rule: 'observation.value-implausible', target: fact }),
        meaning: expect.any(String),
      }),
    )
    const withdrawal = { reason: 'entry-error', explanation: 'Not measured.', replacement: null }
    await expected(200, change(twin, `/facts/${fact}/corrections`, withdrawal))
    const rules = (await open()).map(({ value }) => value.rule)
    expect(rules).not.toContain('observation.value-implausible')
  })
})

describe('who did it', () => {
  it('stands in every event as a pseudonym with role and organisation, never as a name', async () => {
    const { twin } = await register()
    await record(twin, 195)
    await expected(200, send(test, 'steward', path((await register()).twin, '/merge'), { twin }))
    const authors = new Set((await headersOf(test, `twin-${twin}`)).map(({ actor }) => JSON.stringify(actor)))
    expect(authors).toEqual(
      new Set(['investigator', 'steward'].map((role) => JSON.stringify({ id: actorOf(role), org: DEMO_CLINIC, role }))),
    )
    expect(actorOf('investigator')).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/)
  })

  it('stands in every read of values, before they are shown', async () => {
    const { twin, subject } = await register()
    const { revision, eventIds } = await record(twin, 195, 205)
    const reads = [
      ['', ['observation'], 2],
      ['?detail=full', ['demographics', 'identifiers', 'observation'], 4],
      [`?revision=${revision}`, ['observation'], 2],
      ['/facts', ['observation'], 2],
      ['/facts?kind=observation&detail=full', ['observation'], 2],
      [`/facts/${eventIds[0]}`, ['observation'], 1],
      ['/diff?from=0', ['changes'], 2],
    ] as const
    const before = (await readsOf(test, subject)).length
    for (const [query] of reads) await expected(200, test.request('investigator', path(twin, query)))
    await expected(200, test.request('regulator', path(twin)))
    const recorded = (await readsOf(test, subject)).slice(before)
    expect(recorded.map(({ data }) => data)).toEqual(
      [...reads, reads[0]].map(([, what, count]) => ({ twin, what, count })),
    )
    const readers = recorded.map(({ header }) => header.actor.id)
    expect(readers).toEqual([...reads.map(() => actorOf('investigator')), actorOf('regulator')])
  })

  it('stands in every refusal that concerns a person', async () => {
    const { twin } = await register()
    const before = await logSize(test)
    expect(await refusal(test.request('steward', path(twin, '?detail=full')))).toEqual([403, 'ticket-missing'])
    expect(await logSize(test)).toBe(before + 1)
  })
})

describe('reading what one wrote', () => {
  it('a read that waits for the position of a write reflects it', async () => {
    const answer = await send(test, 'investigator', '/api/v1/twins', registration())
    const position = answer.headers.get('ledger-position')!
    const { twin } = await expected<Registered>(201, Promise.resolve(answer))
    const list = await test.request('investigator', '/api/v1/twins?limit=500', {
      headers: { 'ledger-wait-for': position },
    })
    expect(Number(list.headers.get('ledger-position'))).toBeGreaterThanOrEqual(Number(position))
    const { twins } = await expected<{ twins: { twin: string }[] }>(200, Promise.resolve(list))
    expect(twins).toContainEqual(expect.objectContaining({ twin }))
  })

  it.each([
    ['beyond the log', String(10 ** 9), 'position-in-future'],
    ['that is no number', 'soon', 'position-invalid'],
    ['below zero', '-1', 'position-invalid'],
  ])('a position %s is refused', async (_what, position, code) => {
    const waiting = test.request('investigator', '/api/v1/twins', { headers: { 'ledger-wait-for': position } })
    expect(await refusal(waiting)).toEqual([400, code])
  })
})

describe('after all of it', () => {
  it('the log is whole, and every fact of the last state is an event of it', async () => {
    const { twin } = await register()
    await record(twin, 195, 205)
    const facts = await expected<FactRecord[]>(200, test.request('investigator', path(twin, '/facts')))
    const ids = (await headersOf(test, `twin-${twin}`)).map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining(facts.map(({ id }) => id)))
    await verifyStored(test)
  })
})
