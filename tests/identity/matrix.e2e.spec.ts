/**
 * Every route of the running service × every caller there can be: what is answered follows from the one policy table, and what was
 * refused left its trace. A route that is new is in here by itself.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { SignJWT, UnsecuredJWT, generateKeyPair } from 'jose'
import { EVALUATION_AUDIENCE, evaluationIssuerUrl, openAuthentication } from '../../src/authentication.js'
import {
  createEvaluationIssuer,
  type EvaluationIssuer,
} from '../../src/identity/evaluation-issuer/create-evaluation-issuer.js'
import { permission, scopeConditions } from '../../src/identity/policy.js'
import { ROLES, type Role } from '../../src/identity/roles.js'
import { evaluationFolder } from '../../src/platform/data-folder.js'
import { inParallel } from '../../src/platform/in-parallel.js'
import { expected, send } from '../e2e/support/clinic.js'
import { startTestService, type TestService } from '../support/test-service.js'
import { peopleAndTrials, type Addressed } from './support/people-and-trials.js'
import { refusalsIn, unverifiedRefused } from './support/refusals.js'
import { routesOf, type Route } from './support/routes.js'

/** Routes anybody may call; whatever else the service answers needs a token. */
const OPEN = [
  'GET /api/v1/consent-notices',
  'GET /api/v1/consent-notices/:notice/:version/:language',
  'GET /api/v1/consent-notices/:notice/:version/:language/text',
  'GET /api/v1/keys',
  'GET /api/v1/sign-in',
  'GET /fhir/R4/metadata',
  'GET /health/live',
  'GET /health/ready',
  'GET /log/checkpoint',
  'GET /log/cosigned-checkpoint',
  'GET /log/tile/:level/*path',
  'GET /log/vkey',
  'GET /log/witness-policy',
  'GET /metrics',
]
const AT_ONCE = 8

interface Answer {
  route: Route
  status: number
  code: string | undefined
  correlation: string
}

let test: TestService
let issuer: EvaluationIssuer
let routes: Route[]
let closed: Route[]
beforeAll(async () => {
  test = await startTestService()
  issuer = (await openAuthentication(test.configuration)).issuer!
  routes = routesOf(test.service.app)
  closed = routes.filter(({ action }) => action !== undefined)
})
afterAll(() => test.stop())

/** The path with ids in it: those given, else ids of nothing. */
const filled = (path: string, ids: Record<string, string> = {}): string =>
  path
    .replace(
      /^(\/api\/v1\/(twins|trials))\/:id\b/,
      (_, start: string, kind: string) => `${start}/${ids[kind.slice(0, -1)] ?? randomUUID()}`,
    )
    .replace(/:(\w+)/g, (_, name: string) => ids[name] ?? randomUUID())
    .replace(/\*\w+/g, '000')

async function call(route: Route, token?: string, ids?: Record<string, string>): Promise<Answer> {
  const correlation = randomUUID()
  const headers = {
    'content-type': 'application/json',
    'x-correlation-id': correlation,
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  }
  const body = route.method === 'GET' ? {} : { body: '{}' }
  const answer = await fetch(`${test.url}${filled(route.path, ids)}`, { method: route.method, headers, ...body })
  return { route, status: answer.status, code: codeIn(await answer.text()), correlation }
}

/** The code of a problem document or of an OperationOutcome. */
const codeIn = (body: string): string | undefined => /"code":"([a-z]+(?:-[a-z]+)+)"/.exec(body)?.[1]

async function callAll(called: readonly Route[], token?: string): Promise<Answer[]> {
  const answers: Answer[] = []
  await inParallel(AT_ONCE, called, async (route) => answers.push(await call(route, token)))
  return answers
}

const told = ({ route, status, code }: Answer): string => `${route.name}: ${status} ${code}`

describe('the routes of the service', () => {
  it('are closed, but for those that are listed as open', () => {
    expect(closed.length).toBeGreaterThan(100)
    expect(routes.filter(({ action }) => action === undefined).map(({ name }) => name)).toEqual(OPEN)
  })

  it('are those of the OpenAPI document', async () => {
    const { paths } = (await (await test.request(null, '/api/openapi.json')).json()) as {
      paths: Record<string, Record<string, object>>
    }
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{\w+\}/g, '…')}`),
    )
    // OpenAPI has no way to write a parameter that holds slashes, as the tiles of the log have.
    const describable = routes.filter(({ path }) => !path.includes('*'))
    expect(documented.sort()).toEqual(describable.map(({ name }) => name.replace(/:\w+/g, '…')).sort())
  })
})

/** Claims that would open everything, were they believed. */
const claims = () => ({ role: 'regulator', roles: ['regulator'] })
const aboutUs = <Token extends SignJWT | UnsecuredJWT>(token: Token): Token =>
  token
    .setIssuer(evaluationIssuerUrl(test.configuration))
    .setAudience(EVALUATION_AUDIENCE)
    .setSubject('regulator')
    .setIssuedAt()
    .setExpirationTime('1h') as Token

const STRANGERS: [string, string, () => Promise<string | undefined>][] = [
  ['no token', 'token-missing', async () => undefined],
  ['an expired token', 'token-expired', () => issuer.issueToken('regulator', { ttl: -3600 })],
  ['a token for another service', 'token-audience-wrong', () => tokenFor('another-service')],
  ['an unsigned token (alg none)', 'token-algorithm-refused', async () => aboutUs(new UnsecuredJWT(claims())).encode()],
  ['a token of a key of their own, under a kid of their own', 'token-key-unknown', () => selfSigned('own')],
  ['a token of a key of their own, under our kid', 'token-signature-invalid', async () => selfSigned(await ourKid())],
  ['a valid token of a person whose access was revoked', 'token-subject-revoked', () => revoked('participant')],
]

async function tokenFor(audience: string): Promise<string> {
  const other = await createEvaluationIssuer({
    issuerUrl: evaluationIssuerUrl(test.configuration),
    audience,
    dataDirectory: evaluationFolder(test.configuration),
    exposure: { host: test.configuration.host, publicUrl: test.configuration.publicUrl },
  })
  return other.issueToken('regulator')
}

async function selfSigned(kid: string): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256')
  return aboutUs(new SignJWT(claims())).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid }).sign(privateKey)
}

async function ourKid(): Promise<string> {
  const [header] = (await issuer.issueToken('regulator')).split('.')
  return (JSON.parse(Buffer.from(header!, 'base64url').toString()) as { kid: string }).kid
}

async function revoked(account: string): Promise<string> {
  const { id } = await expected<{ id: string }>(200, test.request(account, '/api/v1/roster/me'))
  const decision = { actor: id, decision: 'revoke', reason: 'credentials-lost' }
  await expected(200, send(test, 'administrator', '/api/v1/roster/access-decisions', decision))
  return issuer.issueToken(account)
}

// proves TL-IDN-001
describe('a caller of each role', () => {
  // proves TL-IDN-006
  it.each(ROLES)('as %s is refused what the policy table denies, on record, and nothing else', async (role) => {
    const answers = await callAll(closed, await issuer.issueToken(role))
    const denied = answers.filter(({ route }) => permission(role, route.action!) === 'deny')
    const passed = answers.filter((answer) => !denied.includes(answer))
    expect(denied.filter(({ status, code }) => status !== 403 || code !== 'action-not-permitted').map(told)).toEqual([])
    const wrong = passed.filter(
      ({ status, code }) => status === 401 || status >= 500 || code === 'action-not-permitted',
    )
    expect(wrong.map(told)).toEqual([])
    const recorded = await refusalsIn(test)
    const unrecorded = denied.filter(({ route, correlation }) => {
      const refusal = recorded.get(correlation)
      return refusal?.role !== role || refusal.action !== route.action || refusal.code !== 'action-not-permitted'
    })
    expect(unrecorded.map(told)).toEqual([])
  })

  it('is refused to change anything as a regulator, and to read anything of a person as an administrator', () => {
    const changing = closed.filter(({ method, name }) => method !== 'GET' && !/\/replays\b/.test(name))
    const personal = closed.filter(({ name }) => /\/(twins|simulations|subjects|trials)\b/.test(name))
    expect([changing.length, personal.length].every((count) => count > 30)).toBe(true)
    const open = (role: Role, asked: Route[]) => asked.filter(({ action }) => permission(role, action!) !== 'deny')
    // A request for a legal hold changes no record; compliance decides on it.
    expect(open('regulator', changing).map(({ name }) => name)).toEqual(['POST /api/v1/privacy/hold-requests'])
    expect(open('administrator', personal)).toEqual([])
  })
})

describe('a record that is addressed', () => {
  let within: Addressed
  let outside: Record<string, string>
  beforeAll(async () => {
    ;({ within, outside } = await peopleAndTrials(test, issuer))
    within['qa'] = within['investigator']!
    await sampleFor(within['qa']['trial']!)
  })

  /** Draws the twins of the trial for a review that quality assurance carries out. */
  async function sampleFor(trial: string): Promise<void> {
    const span = { from: '2020-01-01T00:00:00Z', to: new Date().toISOString(), dueAt: '2099-01-01T00:00:00Z' }
    const plan = { trial, ...span, criteria: ['correction'] }
    const path = '/api/v1/audit-reviews'
    const { review } = await expected<{ review: string }>(201, send(test, 'compliance', path, plan))
    await expected(200, send(test, 'qa', `${path}/${review}/reviewer`, {}))
    await expected(201, send(test, 'qa', `${path}/${review}/twin-sample`, { size: 10 }))
  }

  /** Reading routes that name a person's record or a trial, and whose cell of the table has a scope. */
  const scoped = (role: Role): Route[] =>
    closed
      .filter(({ method, path }) => method === 'GET' && /\/(twins|trials|subjects)\/:/.test(path))
      .filter(({ action }) => permission(role, action!) !== 'deny')
      .filter(({ action }) => scopeConditions(role, action!).some((condition) => condition !== 'self'))
  const WITH_SCOPE = ROLES.filter((role) => scopeConditions(role, 'twin.read-coded').length > 0)
  const OTHERS =
    /^(not-own-record|not-own-act|other-(site|trial|organisation)|use-not-consented|twin-not-sampled|action-not-permitted)$/

  // proves TL-IDN-002
  it.each(WITH_SCOPE)('is open within the scope of a caller (%s), and closed beyond it', async (role) => {
    const token = await issuer.issueToken(role)
    const asked = scoped(role)
    expect(asked.length).toBeGreaterThan(role === 'participant' ? 5 : 4)
    const wrong: string[] = []
    await inParallel(AT_ONCE, asked, async (route) => {
      const inside = await call(route, token, within[role])
      if (inside.status >= 500 || OTHERS.test(inside.code ?? '')) wrong.push(`within: ${told(inside)}`)
      const beyond = await call(route, token, outside)
      if (![400, 403, 404].includes(beyond.status)) wrong.push(`outside: ${told(beyond)}`)
    })
    expect(wrong).toEqual([])
  })
})

// proves TL-IDN-001, TL-IDN-006
describe('a caller whom nobody knows', () => {
  it.each(STRANGERS)(
    'with %s is answered 401 on every route that is not open, and counted',
    async (_, code, makeToken) => {
      const token = await makeToken()
      const before = await unverifiedRefused(test, code)
      const answers = await callAll(closed, token)
      expect(answers.filter((answer) => answer.status !== 401 || answer.code !== code).map(told)).toEqual([])
      expect((await unverifiedRefused(test, code)) - before).toBe(closed.length)
    },
  )
})
