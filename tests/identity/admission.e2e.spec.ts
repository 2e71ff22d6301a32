/** What stands before every request: who may ask how often, and whose bodies are read at all. */
import { request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { generatedPatient, outcomeCode, send, sendFhir } from '../e2e/support/clinic.js'
import { startTestService, type TestService } from '../support/test-service.js'

let test: TestService
beforeAll(async () => {
  // One comes back every three or five seconds, so a test that asks forty times in a moment meets the limit.
  test = await startTestService({
    RATE_LIMIT_PER_CALLER: '20',
    RATE_LIMIT_PER_ADDRESS: '12',
    COMMAND_BODY_LIMIT: '10kb',
    REQUEST_TIMEOUT_SECONDS: '40',
    TRUSTED_PROXIES: 'loopback',
  })
})
afterAll(() => test.stop())

/** From an address as the trusted proxy tells it. */
const from = (address: string, path: string, headers: Record<string, string> = {}) =>
  fetch(`${test.url}${path}`, { headers: { 'x-forwarded-for': address, ...headers } })

async function untilRefused(ask: () => Promise<Response>, most = 40): Promise<Response> {
  for (let asked = 0; asked < most; asked++) {
    const answer = await ask()
    if (answer.status === 429) return answer
    await answer.arrayBuffer()
  }
  throw new Error('Nothing was refused for its rate.')
}

// proves TL-OPS-007
describe('requests in a minute', () => {
  it('are counted, and every answer tells what is left', async () => {
    const { headers } = await test.request('modeller', '/api/v1/models')
    expect(headers.get('ratelimit-policy')).toBe('"caller";q=20;w=60')
    expect(headers.get('ratelimit')).toBe('"caller";r=19;t=3')
    const unknown = await from('192.0.2.1', '/log/vkey')
    expect(unknown.headers.get('ratelimit-policy')).toBe('"address";q=12;w=60')
  })

  it('are refused beyond the quota of a caller, with a code and the time to wait', async () => {
    const refused = await untilRefused(() => test.request('sponsor', '/api/v1/models'))
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(await refused.json()).toMatchObject({ status: 429, code: 'too-many-requests' })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await test.request('steward', '/api/v1/models')).status).toBe(200)
  })

  it('are refused by address without a token, or with one that does not hold', async () => {
    await untilRefused(() => from('192.0.2.2', '/log/vkey', { authorization: 'Bearer e30.e30.e30' }))
    // Far fewer than the quota, and not just one: meanwhile one more may have come back.
    await untilRefused(() => from('192.0.2.2', '/log/vkey'), 4)
    expect((await from('192.0.2.3', '/log/vkey')).status).toBe(200)
    const known = { authorization: `Bearer ${await test.token('qa')}` }
    expect((await from('192.0.2.2', '/api/v1/models', known)).status).toBe(200)
    expect((await from('192.0.2.2', '/health/live')).status).toBe(200)
  })

  it('are refused at the issuer’s door too', async () => {
    const refused = await untilRefused(() => from('192.0.2.4', '/oidc/.well-known/openid-configuration'))
    expect(await refused.json()).toMatchObject({ code: 'too-many-requests' })
  })

  it('are refused to FHIR clients in their own form, and counted', async () => {
    const refused = await untilRefused(() => from('192.0.2.5', '/fhir/R4/metadata'))
    expect(refused.headers.get('content-type')).toMatch(/^application\/fhir\+json/)
    expect(outcomeCode(await refused.json())).toBe('too-many-requests')
    const metrics = await (await from('192.0.2.6', '/metrics')).text()
    expect(metrics).toMatch(/http_requests_limited_total\{counted="address"\} [1-9]/)
    expect(metrics).toMatch(/http_requests_limited_total\{counted="caller"\} [1-9]/)
  })
})

/** Sends the head of a request that announces a body, and nothing of the body. */
function announce(path: string, headers: Record<string, string>) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; body: string }>((resolve, reject) => {
    const sent = httpRequest(`${test.url}${path}`, { method: 'POST', headers }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => {
        sent.destroy()
        resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(parts).toString() })
      })
    })
    sent.on('error', reject)
    sent.flushHeaders()
  })
}

// proves TL-OPS-007
describe('a body', () => {
  const json = { 'content-type': 'application/json', 'x-forwarded-for': '192.0.2.9' }

  it.each([
    ['whose length is told', { 'content-length': '20000000' }],
    ['that comes in chunks', { 'transfer-encoding': 'chunked' }],
  ])('%s is not waited for when nobody known sends it', async (_, how) => {
    const answer = await announce('/api/v1/twins', { ...json, ...how })
    expect(answer.status).toBe(401)
    expect(answer.headers).toMatchObject({ connection: 'close', 'www-authenticate': 'Bearer realm="twin-ledger"' })
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'token-missing' })
    const fhir = await announce('/fhir/R4', { ...json, ...how, authorization: 'Bearer e30.e30.e30' })
    expect([fhir.status, outcomeCode(JSON.parse(fhir.body))]).toEqual([401, 'token-malformed'])
  })

  it('of a command may be small, a bundle or a mesh large', async () => {
    const large = { statement: 'x'.repeat(11_000) }
    expect((await send(test, 'investigator', '/api/v1/privacy/requests', large)).status).toBe(413)
    const bundle = generatedPatient(0)
    expect(JSON.stringify(bundle).length).toBeGreaterThan(11_000)
    expect((await sendFhir(test, 'steward', bundle)).status).toBe(200)
  })

  it('must arrive in time', () => {
    const server = test.service.app.getHttpServer() as Server
    expect([server.requestTimeout, server.headersTimeout, server.keepAliveTimeout]).toEqual([40_000, 15_000, 10_000])
  })
})

describe('the headers of an answer', () => {
  it.each(['/console/', '/api/docs', '/api/v1/models', '/log/vkey', '/nowhere'])(
    'of %s let a browser run nothing from elsewhere',
    async (path) => {
      const { headers } = await from('192.0.2.20', path)
      const policy = headers.get('content-security-policy')!
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self';")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy.includes("'unsafe-inline'")).toBe(path.startsWith('/api/'))
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'strict-transport-security': expect.stringContaining('max-age='),
      })
      expect(headers.has('x-powered-by')).toBe(false)
    },
  )

  it('of the page of the API name scripts of this service only', async () => {
    const page = await (await from('192.0.2.21', '/api/docs')).text()
    const scripts = [...page.matchAll(/<script([^>]*)>([^<]*)/g)]
    expect(scripts.length).toBeGreaterThan(2)
    for (const [, attributes, text] of scripts)
      expect([attributes, text!.trim()]).toEqual([expect.stringMatching(/src="\.?\//), ''])
  })
})
