import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startTestService, type TestService } from '../support/test-service.js'

describe('read models over HTTP', () => {
  let test: TestService
  beforeAll(async () => {
    test = await startTestService()
  })
  afterAll(() => test.stop())

  const post = (as: string, path: string, body = '{}') =>
    test.request(as, path, { method: 'POST', headers: { 'content-type': 'application/json' }, body })

  it('are managed by an administrator alone', async () => {
    for (const account of ['regulator', 'compliance', 'steward', 'qa'])
      expect((await post(account, '/api/v1/projections/audit/rebuild')).status).toBe(403)
  })

  it('are rebuilt while they serve, and the rebuild is on record', async () => {
    const answer = await post('administrator', '/api/v1/projections/audit/rebuild')
    const rebuilt = (await answer.json()) as { projection: string; equal: Record<string, boolean> }
    expect([answer.status, rebuilt.projection]).toEqual([200, 'audit'])
    expect(Object.values(rebuilt.equal)).not.toContain(false)
    const size = (await (await test.request(null, '/log/checkpoint')).text()).split('\n')[1]!
    const headers = { 'ledger-wait-for': size }
    const trail = await test.request('regulator', '/api/v1/audit?type=projection.rebuilt', { headers })
    expect(((await trail.json()) as { entries: { sentence: string }[] }).entries[0]!.sentence).toMatch(
      /audit was rebuilt/,
    )
  })

  it('say how far they are', async () => {
    const status = (await (await test.request('administrator', '/api/v1/projections')).json()) as {
      name: string
      status: string
    }[]
    expect(status.map(({ name }) => name)).toContain('twins')
    expect(new Set(status.map(({ status: state }) => state))).toEqual(new Set(['running']))
  })

  it('that do not exist are not found', async () => {
    expect((await post('administrator', '/api/v1/projections/none/resume')).status).toBe(404)
  })
})
