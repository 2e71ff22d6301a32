import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { CommandBus } from '@nestjs/cqrs'
import { NoticeDueReviews } from '../../src/assessments/commands/notice-due-reviews.js'
import { asService } from '../../src/journal/service-actor.js'
import { AssessmentClock } from '../../src/assessments/assessment-clock.js'
import type { AssessmentReceipt } from '../../src/assessments/impact-assessments.js'
import type { AssessmentView } from '../../src/assessments/queries/get-assessment.js'
import { findModel } from '../../src/models/registry/find-model.js'
import { modelDigests } from '../../src/models/registry/model-digests.js'
import { ModelVersions } from '../../src/models/registry/model-versions.js'
import { expected, refusal, send } from '../e2e/support/clinic.js'
import { approvalOf, proposal, UNTIL } from '../models/registry/support.js'
import { caughtUp, giveConsent, person, type Person } from '../privacy/support.js'
import { Signing } from '../signatures/support.js'
import { runModelsFromSources } from '../simulations/support/runner.js'
import { until } from '../support/until.js'
import { withoutSweeps } from '../support/no-sweeps.js'
import { startTestService, type TestService } from '../support/test-service.js'

const MODEL = findModel('cvd.prevent-2023')
const CANARY = 'Frau Canary von Folgen'
const REVIEW = new Date(Date.now() + 365 * 86_400_000).toISOString()
const PARTS = { description: CANARY, necessity: 'No other is as exact.', risks: 'Wrong scores.', measures: 'Review.' }

let test: TestService
let somebody: Person
beforeAll(async () => {
  withoutSweeps()
  test = await startTestService()
  runModelsFromSources(test.service.app)
  somebody = await person(test, 0)
  await giveConsent(test, somebody)
  await approveAtHighRisk()
})
afterAll(() => test.stop())

/** The case of the version that runs here, whose influence and consequence are high. */
async function approveAtHighRisk(): Promise<void> {
  const versions = test.service.app.get(ModelVersions, { strict: false })
  const id = { model: MODEL.id, version: MODEL.version }
  const by = (actor: string, role: string) => ({ actor: { id: actor, role }, correlation: randomUUID() })
  const { code: codeDigest, coefficients: coefficientDigest } = modelDigests(MODEL)
  const risk = { influence: 'high', consequence: 'high', rationale: 'Treatment follows it.' } as const
  for (const [actor, command] of UNTIL.approval) {
    const own =
      command.type === 'propose'
        ? { ...command, proposal: proposal({ codeDigest, coefficientDigest }) }
        : command.type === 'assess-risk'
          ? { ...command, risk }
          : command
    await versions.record(by(actor, 'modeller'), id, own)
  }
  await versions.record(by('qa-1', 'qa'), id, approvalOf((await versions.read(id)).state))
}

const assessments = (as: string, path: string, body: object) =>
  send(test, as, `/api/v1/impact-assessments${path}`, body)
const read = (as: string, id: string) =>
  expected<AssessmentView>(200, test.request(as, `/api/v1/impact-assessments/${id}`))
const run = (use: 'decision' | 'exploratory') =>
  send(test, 'modeller', '/api/v1/simulations', { twin: somebody.twin, model: MODEL.id, purpose: 'HRESCH', use })
const refusedRun = async () => {
  const answer = await run('decision')
  const { code, codes, run: id } = (await answer.json()) as { code: string; codes: string[]; run: string }
  return { status: answer.status, code, codes, run: id }
}
const stampOf = async (id: string) => {
  const { request } = await expected<{ request: { use: object } }>(
    200,
    test.request('modeller', `/api/v1/simulations/${id}`),
  )
  return request.use
}
const MISSING = { status: 422, code: 'model-use-refused', codes: ['dpia-missing'] }

// proves TL-PRV-005
describe('a model of high risk', () => {
  let assessment: string

  it('is refused for decisions, on record, without an impact assessment; an exploratory run is stamped with that', async () => {
    const refused = await refusedRun()
    expect(refused).toMatchObject(MISSING)
    await caughtUp(test)
    expect(await stampOf(refused.run)).toMatchObject({ asked: 'decision', reasons: ['dpia-missing'] })
    const { run: other } = await expected<{ run: string }>(201, run('exploratory'))
    await caughtUp(test)
    expect(await stampOf(other)).toMatchObject({
      stamp: 'exploratory',
      reasons: ['decision-not-asked', 'dpia-missing'],
    })
  })

  it('is refused in a cohort as it is for one person', async () => {
    const order = { model: MODEL.id, purpose: 'HRESCH', use: 'decision', twins: [somebody.twin] }
    const { cohort } = await expected<{ cohort: string }>(202, send(test, 'modeller', '/api/v1/cohorts', order))
    const runs = async () => {
      await caughtUp(test)
      const answer = await test.request('steward', `/api/v1/cohorts/${cohort}/runs`)
      return ((await answer.json()) as { runs: { status: string; codes: string[] }[] }).runs
    }
    await until('the run of the cohort to end', async () => (await runs()).some(({ status }) => status === 'refused'))
    expect(await runs()).toMatchObject([{ status: 'refused', codes: ['dpia-missing'] }])
  })

  it('is assessed by one, advised on by another and approved by a third, and what they wrote is sealed', async () => {
    const use = { model: MODEL.id, purpose: 'HRESCH' }
    expect(await refusal(assessments('qa', '', { ...use, ...PARTS }))).toEqual([403, 'action-not-permitted'])
    expect(await refusal(assessments('modeller', '', use))).toEqual([422, 'dpia-parts-missing'])
    expect(await refusal(assessments('modeller', '', { ...use, ...PARTS, version: '0.0.1' }))).toEqual([
      404,
      'model-version-not-found',
    ])
    const first = await expected<AssessmentReceipt>(201, assessments('modeller', '', { ...use, ...PARTS }))
    assessment = first.assessment
    const advice = { revision: first.revision, residualRisk: 'low', advice: 'It suffices.' }
    const second = await expected<AssessmentReceipt>(200, assessments('compliance', `/${assessment}/advice`, advice))
    expect(await refusedRun()).toMatchObject(MISSING)
    const approval = (revision: number) => assessments('qa', `/${assessment}/approval`, { revision, reviewBy: REVIEW })
    expect((await approval(first.revision)).status).toBe(412)
    expect(await refusal(approval(second.revision))).toEqual([409, 'signature-missing'])
    const people = await Signing.at(test)
    await people.attest('qa', 'Ada Example')
    const stream = `impact-assessment-${assessment}`
    const { signature } = await people.signed('qa', stream, second.revision, 'approval')
    await expected(200, approval(second.revision))
    expect(await people.read('qa', `/api/v1/signatures/${signature}`)).toMatchObject({ status: 'valid' })
    expect(await read('qa', assessment)).toMatchObject({ approval: { signature, reviewNoticed: false } })
    expect(await read('qa', assessment)).toMatchObject({ status: 'approved', texts: PARTS, advice: 'It suffices.' })
    expect(await read('sponsor', assessment)).toMatchObject({ status: 'approved', texts: null, advice: null })
    const { rows } = await test.db.ownerPool.query<{ clear: number }>(
      `select count(*)::int as clear from ledger.payload where position(convert_to($1, 'UTF8') in stored) > 0`,
      [CANARY],
    )
    expect(rows[0]!.clear).toBe(0)
  })

  it('runs for decisions as long as the assessment is neither due for its review nor withdrawn', async () => {
    const { run: allowed } = await expected<{ run: string }>(201, run('decision'))
    await caughtUp(test)
    expect(await stampOf(allowed)).toMatchObject({ stamp: 'decision', reasons: [] })

    const clock = test.service.app.get(AssessmentClock, { strict: false })
    const commands = test.service.app.get(CommandBus, { strict: false })
    const noticed = async () => (await commands.execute(new NoticeDueReviews(asService()))).noticed
    const alarm = async () => (await (await test.request(null, '/metrics')).text()).match(/reviews_due (\d+)/)![1]
    expect([await noticed(), await alarm()]).toEqual([0, '0'])
    clock.now = () => new Date(Date.parse(REVIEW) - 59 * 86_400_000)
    expect([await noticed(), await alarm(), await noticed()]).toEqual([1, '1', 0])
    expect(await read('qa', assessment)).toMatchObject({ status: 'approved', approval: { reviewNoticed: true } })
    clock.now = () => new Date(REVIEW)
    expect(await refusedRun()).toMatchObject(MISSING)
    clock.now = () => new Date()

    await expected(200, assessments('compliance', `/${assessment}/withdrawal`, { cause: 'risk-changed' }))
    expect(await refusedRun()).toMatchObject(MISSING)
    const listed = await expected(200, test.request('regulator', `/api/v1/impact-assessments?model=${MODEL.id}`))
    expect(listed).toMatchObject([{ assessment, status: 'withdrawn', purpose: 'HRESCH', version: null }])
  })
})
