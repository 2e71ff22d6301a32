import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Bundle } from 'fhir/r4.js'
import { generatedPatient, outcomeCode, send, sendFhir, statusesOf } from '../e2e/support/clinic.js'
import { startTestService, type TestService } from '../support/test-service.js'

// proves TL-FHR-006
describe('data of a source system', () => {
  let test: TestService
  beforeAll(async () => {
    test = await startTestService()
  })
  afterAll(() => test.stop())

  const sendFrom = async (source: string, bundle: Bundle = generatedPatient(0)) => {
    const answer = await sendFhir(test, 'steward', bundle, { 'x-source-system': source })
    return { status: answer.status, body: (await answer.json()) as Bundle }
  }
  const register = (source: string, as = 'steward') => send(test, as, '/api/v1/sources', { source, kind: 'device' })

  it('is refused until a steward registers it, taken from then on, and refused again once it is revoked', async () => {
    const unknown = await sendFrom('ward-monitor-7')
    expect([unknown.status, outcomeCode(unknown.body)]).toEqual([422, 'fhir-source-unknown'])
    expect((await register('ward-monitor-7', 'investigator')).status).toBe(403)
    expect((await register('ward-monitor-7')).status).toBe(201)
    expect((await register('ward-monitor-7')).status).toBe(409)
    expect((await sendFrom('ward-monitor-7')).status).toBe(200)
    const revocation = { source: 'ward-monitor-7', reason: 'data-faulty' }
    expect((await send(test, 'steward', '/api/v1/sources/revocation', revocation)).status).toBe(200)
    expect((await sendFrom('ward-monitor-7')).status).toBe(422)
    const listed = (await (await test.request('qa', '/api/v1/sources')).json()) as object
    expect(JSON.stringify(listed)).toContain('"reason":"data-faulty"')
  })

  it('is refused patient by patient in a batch', async () => {
    const entry = generatedPatient(1).entry!.filter(({ resource }) => resource?.resourceType === 'Patient')
    const { status, body } = await sendFrom('nobody-knows', { resourceType: 'Bundle', type: 'batch', entry })
    expect([status, statusesOf(body)]).toEqual([200, [422]])
  })

  it('takes no name that could be a person’s', async () => {
    expect((await register('the clinic of Dr. X')).status).toBe(400)
  })
})
