import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { SignJWT, UnsecuredJWT, generateKeyPair } from 'jose'
import { EVALUATION_AUDIENCE, evaluationIssuerUrl } from '../../src/authentication.js'
import { startTestService, type TestService } from '../support/test-service.js'

/** Routes anybody may call; whatever else the service answers needs a token. */
const PUBLIC = new Set([
  'get /health/live',
  'get /health/ready',
  'get /metrics',
  'get /log/checkpoint',
  'get /log/vkey',
  'get /api/v1/keys',
  'get /fhir/R4/metadata',
])

interface OpenApi {
  paths: Record<string, Record<string, { parameters?: { name: string; in: string; schema?: { format?: string } }[] }>>
}

// proves TL-IDN-001
describe('every route of the OpenAPI document', () => {
  let test: TestService
  let routes: { name: string; method: string; path: string }[]
  beforeAll(async () => {
    test = await startTestService()
    const document = (await (await test.request(null, '/api/openapi.json')).json()) as OpenApi
    routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({
        name: `${method} ${path}`,
        method: method.toUpperCase(),
        path: path.replace(/\{[^}]+\}/g, () => randomUUID()),
      })),
    )
  })
  afterAll(() => test.stop())

  const call = (route: { method: string; path: string }, token?: string) =>
    fetch(`${test.url}${route.path}`, {
      method: route.method,
      headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      ...(route.method !== 'GET' && { body: '{}' }),
    })

  const refusals = async (token?: string) => {
    const open: string[] = []
    for (const route of routes) {
      if (PUBLIC.has(route.name)) continue
      const { status } = await call(route, token)
      if (status !== 401) open.push(`${route.name} answered ${status}`)
    }
    return open
  }

  it('is there', () => {
    expect(routes.length).toBeGreaterThan(20)
  })

  it('answers 401 to a caller without a token, unless it is listed as public', async () => {
    expect(await refusals()).toEqual([])
  })

  it('answers 401 to an unsigned token', async () => {
    const forged = new UnsecuredJWT({ role: 'regulator', roles: ['regulator'] })
      .setIssuer(evaluationIssuerUrl(test.configuration))
      .setAudience(EVALUATION_AUDIENCE)
      .setSubject('regulator')
      .setIssuedAt()
      .setExpirationTime('1h')
      .encode()
    expect(await refusals(forged)).toEqual([])
  })

  it('answers 401 to a token signed with a key of the caller’s own', async () => {
    const { privateKey } = await generateKeyPair('ES256')
    const forged = await new SignJWT({ role: 'regulator', roles: ['regulator'] })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'own' })
      .setIssuer(evaluationIssuerUrl(test.configuration))
      .setAudience(EVALUATION_AUDIENCE)
      .setSubject('regulator')
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey)
    expect(await refusals(forged)).toEqual([])
  })

  it('gives an administrator no value of any twin', async () => {
    for (const route of routes.filter(({ path }) => /\/(twins|simulations|subjects|trials)/.test(path))) {
      const { status } = await call(route, await test.token('administrator'))
      expect([route.name, status]).toEqual([route.name, 403])
    }
  })

  it('lets a regulator change nothing', async () => {
    for (const route of routes.filter(({ method, path }) => method !== 'GET' && !/replays/.test(path))) {
      const { status } = await call(route, await test.token('regulator'))
      expect([route.name, status]).toEqual([route.name, 403])
    }
  })
})
