import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { LiveRoster } from '../../src/roster/live-roster.js'
import { expected, generatedPatient, ingest, investigatorTokenAt, refusal, send } from '../e2e/support/clinic.js'
import { allPages } from '../support/all-pages.js'
import { until } from '../support/until.js'
import { startTestService, type TestService } from '../support/test-service.js'

describe('access that was revoked', () => {
  let test: TestService
  let modeller: string
  beforeAll(async () => {
    test = await startTestService()
    modeller = ((await (await test.request('modeller', '/api/v1/roster/me')).json()) as { id: string }).id
  })
  afterAll(() => test.stop())

  const decide = async (as: string, body: object) => {
    const answer = await test.request(as, '/api/v1/roster/access-decisions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: answer.status, body: (await answer.json()) as { code?: string } }
  }
  const revoke = { decision: 'revoke', reason: 'credentials-lost' }

  it('can be decided by an administrator alone', async () => {
    for (const account of ['modeller', 'regulator', 'compliance', 'sponsor', 'qa'])
      expect((await decide(account, { ...revoke, actor: modeller })).status).toBe(403)
  })

  // proves TL-IDN-008
  it('makes tokens that are still valid worthless, at once, and is undone the same way', async () => {
    const token = await test.token('modeller')
    const status = async () =>
      (await test.fetch('/api/v1/roster/me', { headers: { authorization: `Bearer ${token}` } })).status
    expect(await status()).toBe(200)
    expect((await decide('administrator', { ...revoke, actor: modeller })).status).toBe(200)
    expect(await status()).toBe(401)
    expect((await decide('administrator', { ...revoke, actor: modeller })).body.code).toBe('access-revoked-already')
    const back = { decision: 'reinstate', reason: 'error-corrected', actor: modeller }
    expect((await decide('administrator', back)).status).toBe(200)
    expect(await status()).toBe(200)
    expect((await decide('administrator', back)).body.code).toBe('access-not-revoked')
  })

  // proves TL-IDN-016
  it('is locked by wrong secrets at the issuer, never by tokens that prove nobody, until an administrator unlocks', async () => {
    const steward = await test.token('steward')
    const status = async () =>
      (await test.fetch('/api/v1/roster/me', { headers: { authorization: `Bearer ${steward}` } })).status
    const { id } = (await (await test.request('steward', '/api/v1/roster/me')).json()) as { id: string }
    for (let forged = 0; forged < 8; forged++)
      await test.fetch('/api/v1/roster/me', {
        headers: { authorization: `Bearer ${steward.slice(0, -6)}AAAAAA` },
      })
    expect(await status()).toBe(200)
    for (let wrong = 0; wrong < 5; wrong++)
      await fetch(`${test.url}/oidc/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from('steward:wrong').toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      })
    await until('the lock', async () => (await status()) === 401)
    // The lock holds as soon as it is on record, a moment before the alarm is raised.
    await until('the alarm', () => test.logged().includes('Security alert: account-locked.'))
    expect(await (await test.request(null, '/metrics')).text()).toMatch(
      /security_alerts_total\{kind="account-locked"\} 1/,
    )
    const unlock = { actor: id, decision: 'unlock', reason: 'error-corrected' }
    expect((await decide('administrator', unlock)).status).toBe(200)
    expect(await status()).toBe(200)
  })

  // proves TL-IDN-011
  it('opens a record of another site in an emergency, with an alarm, and somebody else reviews it', async () => {
    const { twin } = await ingest(test, generatedPatient(0))
    const elsewhere = await investigatorTokenAt(test, 'site-elsewhere')
    const call = async (path: string, body?: object) => {
      const headers = { authorization: `Bearer ${elsewhere}`, 'content-type': 'application/json' }
      const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) }
      const answer = await test.fetch(`/api/v1${path}`, init)
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
    }
    const identity = `/twins/${twin}?detail=full`
    expect(await call(identity)).toMatchObject({ status: 403, body: { code: 'other-site' } })
    const explanation = 'Brought in unconscious by Florence Nightjar.'
    const opened = await call('/emergency-accesses', { twin, reason: 'life-threatening', explanation })
    expect(opened.status).toBe(201)
    expect((await call(identity)).status).toBe(200)
    expect((await call(`/twins/${twin}/withdrawal`, { reason: 'wrong-person' })).status).toBe(403)
    const { emergency } = opened.body as { emergency: string }
    const listed = (await (await test.request('compliance', '/api/v1/emergency-accesses')).json()) as object
    expect(listed).toMatchObject({
      emergencies: [{ emergency, open: true, reason: 'life-threatening', overdue: false }],
    })
    const unreviewed = () => expected(200, test.request('qa', '/api/v1/emergency-accesses?review=missing&limit=1'))
    expect(await unreviewed()).toMatchObject({ emergencies: [{ emergency }] })
    expect(test.logged()).toContain('Security alert: emergency-opened.')
    expect(test.logged() + JSON.stringify(listed)).not.toContain('Nightjar')
    expect((await call(`/emergency-accesses/${emergency}/closure`, {})).status).toBe(200)
    expect((await call(identity)).status).toBe(403)
    const review = (as: string) =>
      send(test, as, `/api/v1/emergency-accesses/${emergency}/review`, { finding: 'justified' })
    expect((await review('investigator')).status).toBe(403)
    expect((await review('compliance')).status).toBe(200)
    expect(await unreviewed()).toEqual({ emergencies: [] })
    const again = await call('/emergency-accesses', { twin, reason: 'life-threatening', explanation })
    expect((await call(identity)).status).toBe(200)
    const end = (as: string) =>
      send(test, as, `/api/v1/emergency-accesses/${again.body['emergency'] as string}/end`, {})
    expect((await end('investigator')).status).toBe(403)
    expect((await end('compliance')).status).toBe(200)
    expect((await call(identity)).status).toBe(403)
  })

  // proves TL-IDN-024
  it('reads for what the request declares, within the role, and the reading says so', async () => {
    const { twin } = await ingest(test, generatedPatient(3))
    const read = async (as: string, path: string, purpose?: string) => {
      const headers = {
        authorization: `Bearer ${await test.token(as)}`,
        ...(purpose !== undefined && { 'purpose-of-use': purpose }),
      }
      const answer = await test.fetch(`/api/v1${path}`, { headers })
      const body = (await answer.json()) as { code?: string; subject?: string }
      return { status: answer.status, code: body.code, subject: body.subject }
    }
    const { status, subject } = await read('investigator', `/twins/${twin}`)
    expect(status).toBe(200)
    expect(await read('investigator', `/twins/${twin}`, 'HQUALIMP')).toMatchObject({ status: 200 })
    for (const [as, purpose] of [
      ['investigator', 'CLINTRCH'],
      ['investigator', 'HRESCH'],
      ['modeller', 'TREAT'],
      ['regulator', 'PATRQT'],
    ] as const)
      expect(await read(as, `/twins/${twin}`, purpose)).toMatchObject({ status: 403, code: 'other-purpose' })
    expect(await read('investigator', '/twins', 'CLINTRCH')).toMatchObject({ status: 403, code: 'other-purpose' })
    expect(await read('investigator', `/twins/${twin}`, 'curiosity')).toMatchObject({
      status: 400,
      code: 'purpose-of-use-invalid',
    })
    const { entries } = (await expected(
      200,
      test.request('regulator', `/api/v1/audit?subject=${subject}&type=access.values-opened`),
    )) as { entries: { purpose: string | null; actor: { role: string } }[] }
    expect(entries.filter(({ actor }) => actor.role === 'investigator').map(({ purpose }) => purpose)).toEqual([
      'HQUALIMP',
      'TREAT',
    ])
    const refused = (await expected(200, test.request('regulator', '/api/v1/audit?type=access.refused&limit=20'))) as {
      entries: { sentence: string }[]
    }
    expect(refused.entries.filter(({ sentence }) => sentence.includes('other-purpose'))).toHaveLength(5)
  })

  // proves TL-IDN-021
  it('opens an identity to a steward by an approved ticket, each reading on record under it, until it is revoked', async () => {
    const [{ twin }, other] = [await ingest(test, generatedPatient(1)), await ingest(test, generatedPatient(2))]
    const identity = (of = twin) => test.request('steward', `/api/v1/twins/${of}?detail=full`)
    const tickets = (as: string, path = '', body: object = {}) =>
      send(test, as, `/api/v1/identity-tickets${path}`, body)
    const explanation = 'Two records of Florence Nightjar seem to be one.'
    const asked = { twin, hours: 8, reason: 'duplicate-suspected', explanation }
    expect(await refusal(identity())).toEqual([403, 'ticket-missing'])
    expect(await refusal(tickets('sponsor', '', asked))).toEqual([403, 'action-not-permitted'])
    const { ticket } = await expected<{ ticket: string }>(201, tickets('steward', '', asked))
    expect(await refusal(identity())).toEqual([403, 'ticket-missing'])
    expect(await refusal(tickets('steward', `/${ticket}/approval`))).toEqual([403, 'action-not-permitted'])
    await expected(200, tickets('compliance', `/${ticket}/approval`))

    const opened = await expected<{ person: { demographics: object[] } }>(200, identity())
    expect(opened.person.demographics.length).toBeGreaterThan(0)
    expect(await refusal(identity(other.twin))).toEqual([403, 'ticket-missing'])
    const listed = await expected<{ tickets: { approval: string; status: string }[] }>(
      200,
      test.request('steward', '/api/v1/identity-tickets'),
    )
    expect(listed.tickets).toMatchObject([{ ticket, twin, status: 'open', reason: 'duplicate-suspected' }])
    expect(test.logged() + JSON.stringify(listed)).not.toContain('Nightjar')
    const under = `/api/v1/audit?causation=${listed.tickets[0]!.approval}`
    const { entries } = await expected<{ entries: object[] }>(200, test.request('regulator', under))
    expect(entries).toMatchObject([
      { type: 'access.values-opened', actor: { role: 'steward' }, reason: 'identity-ticket' },
    ])

    await expected(200, tickets('compliance', `/${ticket}/revocation`, { reason: 'no-longer-needed' }))
    expect(await refusal(identity())).toEqual([403, 'ticket-missing'])
    expect(await refusal(tickets('steward', `/${ticket}/return`))).toEqual([409, 'ticket-not-open'])

    const { ticket: second } = await expected<{ ticket: string }>(
      201,
      tickets('steward', '', { ...asked, twin: other.twin }),
    )
    type Page = { tickets: { ticket: string; status: string }[]; next?: string }
    const read = (query: string) => expected<Page>(200, test.request('compliance', `/api/v1/identity-tickets${query}`))
    const pages = await allPages(read)
    expect(pages.map((page) => page.tickets.map((one) => one.ticket))).toEqual([[second], [ticket]])
    expect((await read('?status=waiting')).tickets).toMatchObject([{ ticket: second, status: 'waiting' }])
    expect(await refusal(test.request('compliance', '/api/v1/identity-tickets?cursor=elsewhere'))).toEqual([
      400,
      'cursor-invalid',
    ])
  })

  /** As when the clock was set back: the newest entry of the log stands so many hours ahead of it. */
  async function hoursBehindTheLog(hours: number, act: () => Promise<void>): Promise<void> {
    const newest = new Date(Date.now() + hours * 3_600_000).toISOString()
    const moment = jest.spyOn(test.service.app.get(LiveRoster, { strict: false }), 'momentAt').mockReturnValue(newest)
    try {
      await act()
    } finally {
      moment.mockRestore()
    }
  }

  // proves TL-IDN-023
  it('for a time opens, and ends, by the time that rights are judged by, under a clock that was set back too', async () => {
    const [{ twin }, known] = [await ingest(test, generatedPatient(3)), await ingest(test, generatedPatient(4))]
    const elsewhere = await investigatorTokenAt(test, 'site-elsewhere')
    const headers = { authorization: `Bearer ${elsewhere}`, 'content-type': 'application/json' }
    const emergency = { reason: 'life-threatening', explanation: 'Brought in unconscious.' }
    const open = (of: string) => {
      const body = JSON.stringify({ twin: of, ...emergency })
      return test.fetch('/api/v1/emergency-accesses', { method: 'POST', headers, body })
    }
    const ask = () => {
      const asked = { twin, hours: 1, reason: 'duplicate-suspected', explanation: 'Two records seem to be one.' }
      return expected<{ ticket: string }>(201, send(test, 'steward', '/api/v1/identity-tickets', asked))
    }
    await expected(201, open(known.twin))
    const { ticket } = await ask()
    await expected(200, send(test, 'compliance', `/api/v1/identity-tickets/${ticket}/approval`, {}))

    await hoursBehindTheLog(73, async () => {
      const newest = (of: string) => expected(200, test.request('compliance', `/api/v1/${of}?limit=1`))
      expect(await newest('emergency-accesses')).toMatchObject({ emergencies: [{ open: false, overdue: true }] })
      expect(await newest('identity-tickets')).toMatchObject({ tickets: [{ ticket, status: 'ended' }] })
      const { until } = await expected<{ until: string }>(201, open(twin))
      expect(Date.parse(until) - Date.now()).toBeGreaterThan(73 * 3_600_000)
      await expected(200, test.fetch(`/api/v1/twins/${twin}?detail=full`, { headers }))
      await ask()
    })
  })

  it('names what is wrong with a decision, and never what was sent', async () => {
    const { status, body } = await decide('administrator', {
      actor: 'Mary Shelley',
      decision: 'ban',
      reason: 'she left',
    })
    expect([status, body.code]).toEqual([400, 'invalid-fields'])
    expect(JSON.stringify(body)).not.toContain('Mary')
  })
})
