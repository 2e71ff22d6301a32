/**
 * Every writing route whose right has a scope × every role that has it: a valid request about records of the caller's own place is let
 * through by the policy, the same about records of another place is not, and the refusal is on record. A route that is new fails here
 * until it has its row.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openAuthentication } from '../../src/authentication.js'
import type { EvaluationIssuer } from '../../src/identity/evaluation-issuer/create-evaluation-issuer.js'
import { scopeConditions } from '../../src/identity/policy.js'
import { ROLES, type Role } from '../../src/identity/roles.js'
import { expected, refusal } from '../e2e/support/clinic.js'
import { caughtUp } from '../privacy/support.js'
import { runModelsFromSources } from '../simulations/support/runner.js'
import { startTestService, type TestService } from '../support/test-service.js'
import { exampleBody, type OpenApi } from './support/example-bodies.js'
import { peopleAndTrials, type Addressed, type Place } from './support/people-and-trials.js'
import { refusalsIn } from './support/refusals.js'
import { routesOf, type Route } from './support/routes.js'
import { WRITES, type Side } from './support/writes.js'

/** Codes by which the policy refuses for what a request is about. */
const SCOPES = /^(not-own-record|other-(site|trial|organisation)|use-not-consented)$/
const HIDDEN = /-not-found$/

let test: TestService
let issuer: EvaluationIssuer
let document: OpenApi
let routes: Map<string, Route>
let within: Addressed
let outside: Side
beforeAll(async () => {
  test = await startTestService()
  runModelsFromSources(test.service.app)
  issuer = (await openAuthentication(test.configuration)).issuer!
  document = (await (await test.fetch('/api/openapi.json')).json()) as OpenApi
  routes = new Map(routesOf(test.service.app).map((route) => [route.name, route]))
  ;({ within, outside } = await peopleAndTrials(test, issuer, furtherRecords))
})
afterAll(() => test.stop())

/** What routes name beside a person and a trial. */
async function furtherRecords({ twin, subject, trial }: Record<'twin' | 'subject' | 'trial', string>, place: Place) {
  const { site, clinic, sponsor } = place
  for (const account of ['sponsor', 'modeller']) issuer.accounts.assign(account, { trials: [trial] })
  const post = async (as: string, path: string, body: object) =>
    expected<Record<string, string>>(path === '/cohorts' ? 202 : 201, send(as, 'POST', `/api/v1${path}`, body))
  const get = async <T>(path: string) => expected<T>(200, ask('regulator', path))
  await caughtUp(test)
  const use = { model: 'cvd.prevent-2023', purpose: 'CLINTRCH', trial, day: '2026-01-02' }
  const { run } = await post('investigator', '/simulations', { twin, ...use })
  const { cohort } = await post('sponsor', '/cohorts', { filter: { enrolledIn: trial }, ...use })
  const parameters = { kind: 'two means t-test', delta: 3, sd: 10, power: 0.9 }
  const { design } = await post('sponsor', '/designs', { model: 'trial.sample-size', parameters })
  await caughtUp(test)
  const proposal = { run, matter: 'eligibility', significant: false, meaning: 'You are offered a place in the study.' }
  const { decision } = await post('investigator', '/decisions', proposal)
  const { id: actor } = await expected<{ id: string }>(200, ask('steward', '/roster/me'))
  const { grant } = await post('compliance', '/roster/grants', {
    actor,
    role: 'steward',
    scope: { site, org: sponsor },
  })
  const span = { from: '2020-01-01T00:00:00Z', to: new Date().toISOString(), dueAt: '2099-01-01T00:00:00Z' }
  const { review } = await post('compliance', '/audit-reviews', { trial, ...span, criteria: ['correction'] })
  await caughtUp(test)
  const { consents } = await get<{ consents: { consent: string }[] }>(`/subjects/${subject}/consents`)
  const { enrolments } = await get<{ enrolments: { code: string }[] }>(`/trials/${trial}/enrolments`)
  const facts = await get<{ id: string; kind: string }[]>(`/twins/${twin}/facts`)
  const eventId = facts.find(({ kind }) => kind === 'observation')!.id
  const question = { field: 'quantity', reason: 'value-implausible', question: 'Is the unit right?', trial }
  const { query } = await post('steward', `/twins/${twin}/facts/${eventId}/queries`, question)
  const asked = { subject, kind: 'erasure', channel: 'paper' }
  const { request } = await post('compliance', '/privacy/requests', asked)
  const identified = { method: 'document', confirmed: true }
  const step = `/api/v1/privacy/requests/${request}`
  await expected(200, send('compliance', 'POST', `${step}/identity-check`, identified))
  await expected(200, send('steward', 'POST', `${step}/preparation`, {}))
  await caughtUp(test)
  const { consultations } = await expected<{ consultations: { consultation: string }[] }>(
    200,
    ask('sponsor', '/privacy/consultations'),
  )
  const { consultation } = consultations[0]!
  const named = { consultation, run, cohort, design, decision, actor, grant, review, site, clinic, sponsor }
  return {
    ...named,
    code: enrolments[0]!.code,
    consent: consents[0]!.consent,
    eventId,
    query,
  } as Record<string, string>
}

async function ask(account: string, path: string): Promise<Response> {
  return test.fetch(`/api/v1${path}`, { headers: { authorization: `Bearer ${await issuer.issueToken(account)}` } })
}

async function send(account: string, method: string, path: string, body: unknown, more: Record<string, string> = {}) {
  const authorization = `Bearer ${await issuer.issueToken(account)}`
  const headers = { authorization, 'content-type': 'application/json', 'x-source-system': 'clinic-ehr', ...more }
  return test.fetch(path, { method, headers, body: JSON.stringify(body) })
}

interface Answer {
  status: number
  code: string
  body: Record<string, string>
  correlation: string
}

async function write(name: string, role: Role, side: Side): Promise<Answer> {
  const { method, path } = routes.get(name)!
  const row = WRITES[name]!
  const filled = path.replace(/:(\w+)/g, (_, param: string) => side[param === 'id' ? 'twin' : param] ?? randomUUID())
  const correlation = randomUUID()
  const more = { 'x-correlation-id': correlation, ...(row.contentType && { 'content-type': row.contentType }) }
  const body = { ...exampleBody(document, method, path), ...row.body?.(side, role) }
  const answer = await send(role, method, `${filled}${row.query ?? ''}`, body, more)
  const text = await answer.text()
  const code = /"code":"([a-z]+(?:-[a-z]+)+)"/.exec(text)?.[1] ?? ''
  return {
    status: answer.status,
    code,
    body: text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : {},
    correlation,
  }
}

const inScope = (role: Role, { action }: Route): boolean =>
  scopeConditions(role, action!).some((condition) => condition !== 'self' && condition !== 'unblinded')
const rolesOf = (name: string): Role[] => ROLES.filter((role) => inScope(role, routes.get(name)!))

// proves TL-IDN-002
describe('a writing route whose right has a scope', () => {
  it('has its row', () => {
    const scoped = [...routes.values()].filter(
      (route) => route.method !== 'GET' && route.action !== undefined && ROLES.some((role) => inScope(role, route)),
    )
    expect(Object.keys(WRITES).sort()).toEqual(scoped.map(({ name }) => name).sort())
  })

  it('is refused beyond the scope, on record', async () => {
    const wrong: string[] = []
    const refused: (Answer & { name: string; role: Role })[] = []
    for (const [name, { ofTheCaller }] of Object.entries(WRITES))
      for (const role of ofTheCaller ? [] : rolesOf(name)) {
        const answer = await write(name, role, outside)
        const isRefused = answer.status === 403 && SCOPES.test(answer.code)
        if (isRefused) refused.push({ ...answer, name, role })
        else if (answer.status !== 404 || !HIDDEN.test(answer.code))
          wrong.push(`${name} as ${role}: ${answer.status} ${answer.code}`)
      }
    const recorded = await refusalsIn(test)
    for (const { name, role, code, correlation } of refused) {
      const refusal = recorded.get(correlation)
      if (refusal?.role !== role || refusal.code !== code || refusal.action !== routes.get(name)!.action)
        wrong.push(`${name} as ${role}: refused with ${code}, recorded ${JSON.stringify(refusal)}`)
    }
    expect(wrong).toEqual([])
    expect(refused.length).toBeGreaterThan(50)
  })

  it('lets no modeller run a model in the name of a trial of others', async () => {
    const { twin, trial } = outside
    const order = { twin, model: 'cvd.prevent-2023', purpose: 'CLINTRCH', trial }
    expect(await refusal(send('modeller', 'POST', '/api/v1/simulations', order))).toEqual([403, 'other-trial'])
  })

  it('is let through within the scope, where a rule of the domain has the last word', async () => {
    const wrong: string[] = []
    const kept: Record<string, string> = {}
    const done = new Set<string>()
    for (const [name, { within: answers = /^2\d\d /, keeps }] of Object.entries(WRITES))
      for (const role of rolesOf(name)) {
        const { status, code, body } = await write(name, role, { ...within[role], ...kept })
        if (!answers.test(`${status} ${code}`))
          wrong.push(`${name} as ${role}: ${status} ${code} ${JSON.stringify(body).slice(0, 300)}`)
        if (status < 300) {
          done.add(name)
          if (keeps) Object.assign(kept, keeps(body))
        }
      }
    expect(wrong).toEqual([])
    // Where a rule of the domain refuses who comes second, the first is let through; a cohort may have ended before anybody cancels it.
    const expectedOnce = Object.keys(WRITES).filter((name) => WRITES[name]!.within?.test('200 '))
    const never = expectedOnce.filter((name) => !done.has(name) && name !== 'POST /api/v1/cohorts/:cohort/cancel')
    expect(never).toEqual([])
  })
})
