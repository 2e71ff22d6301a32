import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
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
      (await fetch(`${test.url}/api/v1/roster/me`, { headers: { authorization: `Bearer ${token}` } })).status
    expect(await status()).toBe(200)
    expect((await decide('administrator', { ...revoke, actor: modeller })).status).toBe(200)
    expect(await status()).toBe(401)
    expect((await decide('administrator', { ...revoke, actor: modeller })).body.code).toBe('access-revoked-already')
    const back = { decision: 'reinstate', reason: 'error-corrected', actor: modeller }
    expect((await decide('administrator', back)).status).toBe(200)
    expect(await status()).toBe(200)
    expect((await decide('administrator', back)).body.code).toBe('access-not-revoked')
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
