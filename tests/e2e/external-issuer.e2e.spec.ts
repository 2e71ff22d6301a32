import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ROSTER_STREAM } from '../../src/roster/events.js'
import {
  EXTERNAL_ACR,
  EXTERNAL_AUDIENCE,
  EXTERNAL_CLIENT,
  startExternalIssuer,
  type ExternalIssuer,
} from '../support/external-issuer.js'
import { startTestService, type TestService } from '../support/test-service.js'

/** An OpenID provider of somebody else vouches for people; the ledger says what they may do. */
describe('a service that trusts an OpenID provider', () => {
  let provider: ExternalIssuer
  let service: TestService
  beforeAll(async () => {
    provider = await startExternalIssuer({
      'id-carl': 'Carl Compliance',
      'id-quentin': 'Quentin',
      'id-nobody': 'Nobody',
    })
    service = await startTestService({
      OIDC_ISSUER: provider.url,
      OIDC_AUDIENCE: EXTERNAL_AUDIENCE,
      OIDC_CONSOLE_CLIENT_ID: EXTERNAL_CLIENT,
      OIDC_CONSOLE_SCOPE: 'openid profile api',
      OIDC_CONSOLE_RESOURCE: EXTERNAL_AUDIENCE,
      SIGNING_ACR: EXTERNAL_ACR,
      ROSTER_FOUNDERS: 'compliance:id-carl,qa:id-quentin',
      LOG_ORIGIN: 'ledger.example/production',
      HOST: '127.0.0.1',
    })
    provider.registerConsole(`${service.url}/console/`)
  })
  afterAll(async () => {
    await service.stop()
    await provider.stop()
  })

  const call = (path: string, token?: string, init: RequestInit = {}) =>
    service.fetch(path, {
      ...init,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(init.body !== undefined && { 'content-type': 'application/json' }),
      },
    })
  const post = async (path: string, token: string, body: object) => {
    const answer = await call(path, token, { method: 'POST', body: JSON.stringify(body) })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code]

  it('tells browsers where to sign in, and lets them ask that origin and no other', async () => {
    const answer = await call('/api/v1/sign-in')
    expect(await answer.json()).toEqual({
      issuer: provider.url,
      metadata: `${provider.url}/.well-known/openid-configuration`,
      clientId: EXTERNAL_CLIENT,
      scope: 'openid profile api',
      resource: EXTERNAL_AUDIENCE,
    })
    const policy = answer.headers.get('content-security-policy')!.split(';')
    expect(policy.find((directive) => directive.startsWith('connect-src'))).toBe(`connect-src 'self' ${provider.url}`)
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('takes from it who calls, and from the ledger in which role', async () => {
    const token = await provider.signIn('id-carl')
    expect(claimsIn(token)).not.toHaveProperty('role')
    expect(await (await call('/api/v1/roster/me', token)).json()).toMatchObject({
      role: 'compliance',
      roles: ['compliance'],
    })
    expect((await call('/api/v1/twins', token)).status).toBe(200)
  })

  it('opens nothing to somebody it knows and the ledger does not', async () => {
    const token = await provider.signIn('id-nobody')
    expect(await codeOf(await call('/api/v1/roster/me', token))).toEqual([401, 'token-role-missing'])
    expect(await codeOf(await call('/api/v1/twins', token))).toEqual([401, 'token-role-missing'])
  })

  it('takes signatures after an authentication that the provider asked for anew', async () => {
    const session = await provider.signIn('id-quentin')
    const attestation = { printedName: 'Quentin Quality' }
    const early = await call('/api/v1/signers/me/attestation', session, {
      method: 'POST',
      body: JSON.stringify(attestation),
    })
    expect([early.status, early.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringContaining(`error="insufficient_user_authentication"`),
    ])
    const stepUp = () =>
      provider.signIn('id-quentin', {
        prompt: 'login',
        max_age: '0',
        acr_values: EXTERNAL_ACR,
        login_hint: 'id-quentin',
      })
    expect((await post('/api/v1/signers/me/attestation', await stepUp(), attestation)).status).toBe(201)
    const roster = { stream: ROSTER_STREAM, revision: await newestOfRoster(session), meaning: 'review' }
    const opened = await post('/api/v1/signing-requests', session, roster)
    expect(opened.status).toBe(201)
    const signed = await post('/api/v1/signatures', await stepUp(), { request: opened.body['request'] })
    expect([signed.status, signed.body['signature']]).toEqual([201, expect.any(String)])
  })

  it('has no issuer, no demo accounts and no demo data of its own', async () => {
    expect((await call('/oidc/.well-known/openid-configuration')).status).toBe(404)
    expect((await call('/oidc/jwks')).status).toBe(404)
    expect(await (await call('/log/checkpoint')).text()).toMatch(/^ledger\.example\/production\n/)
  })

  it('refuses a token that is meant for somebody else, or altered', async () => {
    const [header, , signature] = (await provider.signIn('id-carl')).split('.')
    const claims = { ...claimsIn(await provider.signIn('id-carl')), aud: 'another-service' }
    const altered = Buffer.from(JSON.stringify(claims)).toString('base64url')
    expect((await call('/api/v1/twins', `${header}.${altered}.${signature}`)).status).toBe(401)
  })

  async function newestOfRoster(token: string): Promise<number> {
    const trail = (await (await call('/api/v1/audit?limit=50', token)).json()) as {
      entries: { stream: string; revision: number }[]
    }
    return Math.max(...trail.entries.filter(({ stream }) => stream === ROSTER_STREAM).map(({ revision }) => revision))
  }
})

const claimsIn = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>
