import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { RosterView } from '../../src/roster/queries/get-roster.js'
import { startTestService, type TestService } from '../support/test-service.js'

const SITE = 'evaluation-site-1'

/** One service's evaluation issuer is the other's OpenID provider: it proves who somebody is, and cannot give a right. */
describe('a role in production', () => {
  let provider: TestService
  let service: TestService
  let investigator: string
  let grant: string
  let before: string
  beforeAll(async () => {
    provider = await startTestService()
    service = await startTestService({
      OIDC_ISSUER: `${provider.url}/oidc`,
      OIDC_AUDIENCE: 'twin-ledger',
      LOG_ORIGIN: 'ledger.example/grants',
      HOST: '127.0.0.1',
      ROSTER_FOUNDERS: 'administrator:administrator,compliance:compliance,qa:qa',
    })
  })
  afterAll(async () => {
    await service.stop()
    await provider.stop()
  })

  const call = async <T = { code?: string; actor: string; grant: string }>(as: string, path: string, body?: object) => {
    const headers = { authorization: `Bearer ${await provider.token(as)}`, 'content-type': 'application/json' }
    const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) }
    const answer = await fetch(`${service.url}/api/v1/roster${path}`, init)
    return { status: answer.status, body: (await answer.json()) as T }
  }
  const rolesOf = async (actor: string, asOf?: string) => {
    const { body } = await call<RosterView>('compliance', asOf === undefined ? '' : `?asOf=${asOf}`)
    return body.people.find((person) => person.actor === actor)?.roles
  }

  it('is nobody’s by the word of the provider', async () => {
    expect(await call('investigator', '/me')).toMatchObject({ status: 403, body: { code: 'role-not-granted' } })
    expect((await call('qa', '/me')).body).toMatchObject({ role: 'qa', roles: ['qa'] })
  })

  it('is given to somebody who is registered, and whose name rests sealed', async () => {
    const ida = { sub: 'investigator', kind: 'person', name: 'Ida Quillfeather' }
    const registered = await call('administrator', '/people', ida)
    expect(registered.status).toBe(201)
    investigator = registered.body.actor
    expect(await call('qa', `/people/${investigator}/name`)).toMatchObject({ body: { name: 'Ida Quillfeather' } })
    expect((await call('administrator', '/people', ida)).body.code).toBe('id-taken')
    const { rows } = await service.db.ownerPool.query("select encode(stored, 'escape') as text from ledger.payload")
    expect(JSON.stringify(rows)).not.toContain('Quillfeather')
  })

  // proves TL-IDN-013
  it('takes a request, an approval, a training and an execution, by different people', async () => {
    const asked = { actor: investigator, role: 'investigator', scope: { org: 'evaluation-clinic', site: SITE } }
    const request = await call('qa', '/grants', asked)
    expect(request.status).toBe(201)
    grant = request.body.grant
    expect((await call('qa', `/grants/${grant}/approval`, {})).body.code).toBe('separation-of-duties')
    expect((await call('administrator', `/grants/${grant}/approval`, {})).status).toBe(403)
    expect((await call('compliance', `/grants/${grant}/approval`, {})).status).toBe(200)
    expect((await call('administrator', `/grants/${grant}/execution`, {})).body.code).toBe('training-missing')
    const training = { role: 'investigator', completedOn: '2026-01-10', validUntil: '2099-01-10' }
    expect((await call('qa', `/people/${investigator}/trainings`, training)).status).toBe(201)
    before = new Date().toISOString()
    expect((await call('administrator', `/grants/${grant}/execution`, {})).status).toBe(200)
    expect((await call('investigator', '/me')).body).toMatchObject({ role: 'investigator', site: SITE })
    expect((await call('qa', `/grants/${grant}/review`, { finding: 'confirmed' })).body.code).toBe(
      'separation-of-duties',
    )
  })

  it('shows its holder and approvers what concerns their site, and no more', async () => {
    const { body } = await call<RosterView>('investigator', '')
    expect(body.people.map(({ actor }) => actor)).toEqual([investigator])
  })

  // proves TL-IDN-009
  it('can be read as of a day on which it was not yet, or not any more, in force', async () => {
    expect(await rolesOf(investigator, before)).toEqual([])
    const during = new Date().toISOString()
    expect(await rolesOf(investigator)).toEqual(['investigator'])
    const revoked = await call('administrator', `/grants/${grant}/revocation`, { reason: 'role-ended' })
    expect(revoked.status).toBe(200)
    expect((await call('investigator', '/me')).body.code).toBe('role-not-granted')
    expect(await rolesOf(investigator, during)).toEqual(['investigator'])
    expect(await rolesOf(investigator)).toEqual([])
  })

  it('is refused with stable codes to whoever asks for too much', async () => {
    const ask = async (terms: object) =>
      (await call('qa', '/grants', { actor: investigator, scope: {}, ...terms })).body.code
    expect(await ask({ role: 'regulator' })).toBe('grant-end-missing')
    expect(await ask({ role: 'investigator' })).toBe('grant-terms-invalid')
    expect(await ask({ role: 'investigator', scope: 'as-claimed' })).toBe('invalid-fields')
    const trial = '3f2f1c0e-5b0a-4c57-9b0e-3d7a3f3f6a10'
    expect(await ask({ role: 'modeller', scope: { org: 'x', trials: [trial] } })).toBe('grant-terms-invalid')
    expect(await ask({ role: 'participant' })).toBe('invalid-fields')
  })
})
