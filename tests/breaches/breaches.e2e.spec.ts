import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { PrivacyClock } from '../../src/privacy/clock.js'
import type { BreachView } from '../../src/breaches/queries/get-breach.js'
import type { ListedBreach } from '../../src/breaches/queries/list-breaches.js'
import { CommandBus } from '@nestjs/cqrs'
import { NoticeOverdueBreaches } from '../../src/breaches/commands/notice-overdue-breaches.js'
import { asService } from '../../src/journal/service-actor.js'
import { expected, refusal, send } from '../e2e/support/clinic.js'
import { caughtUp } from '../privacy/support.js'
import { withoutSweeps } from '../support/no-sweeps.js'
import { startTestService, type TestService } from '../support/test-service.js'

const CANARY = 'Frau Canary von Breach'
const HOURS_73_MS = 73 * 3_600_000

let test: TestService
beforeAll(async () => {
  withoutSweeps()
  test = await startTestService()
})
afterAll(() => test.stop())

const step = async (breach: string, path: string, body: object = {}) => {
  const answer = await send(test, 'compliance', `/api/v1/breaches/${breach}/${path}`, body)
  await caughtUp(test)
  return answer
}
const read = (as: string, breach: string) => expected<BreachView>(200, test.request(as, `/api/v1/breaches/${breach}`))

// proves TL-PRV-006
describe('the breach register over HTTP', () => {
  it('leads from awareness to the end, late and with reasons, and seals what was written', async () => {
    const report = { detection: 'staff', detectedAt: new Date(Date.now() - 1000).toISOString(), description: CANARY }
    expect(await refusal(send(test, 'sponsor', '/api/v1/breaches', report))).toEqual([403, 'action-not-permitted'])
    const { breach } = await expected<{ breach: string }>(201, send(test, 'steward', '/api/v1/breaches', report))
    await caughtUp(test)

    const clock = test.service.app.get(PrivacyClock, { strict: false })
    const later = new Date(Date.now() + HOURS_73_MS)
    clock.now = () => later
    const sweep = () =>
      test.service.app.get(CommandBus, { strict: false }).execute(new NoticeOverdueBreaches(asService()))
    expect(await sweep()).toEqual({ noticed: 1 })
    await caughtUp(test)
    expect(await sweep()).toEqual({ noticed: 0 })
    const { items } = await expected<{ items: ListedBreach[] }>(
      200,
      test.request('regulator', '/api/v1/breaches?overdue=true'),
    )
    expect(items).toMatchObject([{ breach, overdue: true, hoursLeft: -2, status: 'open' }])
    expect(await (await test.request(null, '/metrics')).text()).toMatch(/^breaches_overdue 1$/m)

    const authority = { authority: 'authority-1' }
    const refused = (await (await step(breach, 'authority-notification', authority)).json()) as { missing: string[] }
    expect(refused).toMatchObject({
      code: 'breach-facts-missing',
      missing: (await read('qa', breach)).missingFacts.concat('reasonsForDelay'),
    })
    const assessment = {
      natures: ['confidentiality'],
      subjectCategories: ['patients'],
      recordCategories: ['health'],
      subjects: 12,
      records: 40,
      risk: 'high',
      contact: 'The officer.',
      consequences: 'Diagnoses became known.',
      measures: 'Keys were revoked.',
    }
    expect((await step(breach, 'assessment', assessment)).status).toBe(200)
    expect(
      (await step(breach, 'authority-notification', { ...authority, reasonsForDelay: 'No network.' })).status,
    ).toBe(200)
    expect(await refusal(step(breach, 'closure'))).toEqual([409, 'breach-steps-missing'])
    expect((await step(breach, 'communication', { channel: 'direct', persons: 12 })).status).toBe(200)
    expect((await step(breach, 'closure')).status).toBe(200)
    clock.now = () => new Date()

    expect(await read('regulator', breach)).toMatchObject({ texts: { description: CANARY }, closed: true })
    expect(await read('qa', breach)).toMatchObject({ texts: null, missingSteps: [] })
    const { rows } = await test.db.ownerPool.query<{ clear: number }>(
      `select count(*)::int as clear from ledger.payload where position(convert_to($1, 'UTF8') in stored) > 0`,
      [CANARY],
    )
    expect(rows[0]!.clear).toBe(0)
  })
})
