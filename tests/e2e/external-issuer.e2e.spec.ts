import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startTestService, type TestService } from '../support/test-service.js'

/** One service's evaluation issuer is, for the other, an OpenID provider somewhere on the network. */
describe('a service that trusts an OpenID provider', () => {
  let provider: TestService
  let service: TestService
  beforeAll(async () => {
    provider = await startTestService()
    service = await startTestService({
      OIDC_ISSUER: `${provider.url}/oidc`,
      OIDC_AUDIENCE: 'twin-ledger',
      ROSTER_FOUNDERS: 'compliance:compliance',
      LOG_ORIGIN: 'ledger.example/production',
      HOST: '127.0.0.1',
    })
  })
  afterAll(async () => {
    await service.stop()
    await provider.stop()
  })

  const get = (path: string, token?: string) =>
    fetch(`${service.url}${path}`, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } })

  it('finds its keys by discovery and accepts its tokens', async () => {
    expect((await get('/api/v1/twins', await provider.token('compliance'))).status).toBe(200)
  })

  it('takes from it who calls, and no right', async () => {
    const answer = await get('/api/v1/twins', await provider.token('regulator'))
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([403, 'role-not-granted'])
  })

  it('has no issuer, no demo accounts and no demo data of its own', async () => {
    expect((await get('/oidc/.well-known/openid-configuration')).status).toBe(404)
    expect((await get('/oidc/jwks')).status).toBe(404)
    expect(await (await get('/log/checkpoint')).text()).toMatch(/^ledger\.example\/production\n2\n/)
  })

  it('refuses a token that is meant for somebody else', async () => {
    const [header, payload, signature] = (await provider.token('regulator')).split('.')
    const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as object
    const altered = Buffer.from(JSON.stringify({ ...claims, aud: 'another-service' })).toString('base64url')
    expect((await get('/api/v1/twins', `${header}.${altered}.${signature}`)).status).toBe(401)
  })
})
