import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { CredibilityCaseView, ModelVersionView } from '../../../src/models/registry/queries/get-model-version.js'
import type { ModelSummary } from '../../../src/models/registry/queries/list-models.js'
import { expected, refusal, send } from '../../e2e/support/clinic.js'
import { startTestService, type TestService } from '../../support/test-service.js'
import { Signing } from '../../signatures/support.js'
import { classification, evidence, goalsFor, STEPS } from './support.js'

const MODEL = 'cvd.prevent-2023'
const VERSION = `/api/v1/models/${MODEL}/versions/1.0.0`
const CASE = `${VERSION}/credibility-case`

let test: TestService
beforeAll(async () => {
  test = await startTestService()
})
afterAll(() => test.stop())

const put = (as: string, path: string, body: object, headers = {}) => send(test, as, path, body, headers, 'PUT')
const read = <T>(as: string, path: string) => expected<T>(200, test.request(as, path))
const summary = async () => (await read<ModelSummary[]>('participant', '/api/v1/models')).find(({ id }) => id === MODEL)

/** Reads the case as the approver does, and approves what was read. */
async function approve(as: string): Promise<Response> {
  const { revision, credibilityCase } = await read<ModelVersionView>('qa', VERSION)
  const { recordDigest } = credibilityCase
  return send(test, as, `${VERSION}/approval`, { recordDigest }, { 'if-match': `"${revision}"` })
}

// proves TL-MOD-004, TL-MOD-005, TL-MOD-006
describe('a version of a model over HTTP', () => {
  it('is proposed as it runs, by those who define models', async () => {
    expect(await summary()).toMatchObject({ status: null, forDecisions: false, reasons: ['version-not-proposed'] })
    const propose = (as: string) => send(test, as, `/api/v1/models/${MODEL}/versions`, { nature: 'statistical' })
    expect(await refusal(propose('qa'))).toEqual([403, 'action-not-permitted'])
    const answer = await propose('modeller')
    expect([answer.status, answer.headers.get('location')]).toEqual([201, VERSION])
    const view = await read<ModelVersionView>('regulator', VERSION)
    expect(view).toMatchObject({
      status: 'proposed',
      running: { sameVersion: true, sameCode: true, sameCoefficients: true },
      card: { id: MODEL },
    })
  })

  it('is assessed step by step: one out of order is refused, and so is an input the model does not have', async () => {
    const { question, 'context-of-use': context, risk, documentation, adequacy } = STEPS
    expect(await refusal(put('modeller', `${CASE}/plan`, { goals: goalsFor('statistical') }))).toEqual([
      409,
      'case-step-out-of-order',
    ])
    await expected(200, put('modeller', `${CASE}/question`, { question: question.question }))
    const unknown = { ...context.contextOfUse, limits: [{ input: 'shoe_size', maximum: 45 }] }
    expect(await refusal(put('modeller', `${CASE}/context-of-use`, unknown))).toEqual([422, 'context-input-unknown'])
    await expected(200, put('modeller', `${CASE}/context-of-use`, context.contextOfUse))
    await expected(200, put('modeller', `${CASE}/risk`, risk.risk))
    await expected(200, put('modeller', `${CASE}/plan`, { goals: goalsFor('statistical') }))
    for (const { factor, goal } of goalsFor('statistical').filter(({ goal }) => goal !== null)) {
      const reached = { achieved: goal, summary: 'As measured.', evidence: [evidence] }
      await expected(200, put('sponsor', `${CASE}/factors/${factor}`, reached))
    }
    await expected(200, put('modeller', `${CASE}/documentation`, documentation.documentation))
    await expected(200, put('modeller', `${CASE}/adequacy`, adequacy.adequacy))
    await expected(200, put('modeller', `${VERSION}/ai-act-classification`, classification))
    const made = await read<CredibilityCaseView>('qa', CASE)
    expect(made).toMatchObject({ next: null, unmet: [] })
    expect(made.factors.find(({ factor }) => factor === 'model-form')).toMatchObject({
      goal: 1,
      achieved: 1,
      met: true,
      evidence: [evidence],
    })
  })

  it('is approved by quality assurance alone, on the case that was read', async () => {
    for (const as of ['modeller', 'sponsor', 'administrator', 'regulator'])
      expect(await refusal(approve(as))).toEqual([403, 'action-not-permitted'])
    const digest = { recordDigest: '0'.repeat(64) }
    expect(await refusal(send(test, 'qa', `${VERSION}/approval`, digest))).toEqual([400, 'if-match-missing'])
    expect(await refusal(approve('qa'))).toEqual([409, 'signature-missing'])
    const signing = await Signing.at(test)
    await signing.attest('qa', 'Quinn Adler')
    const { stream, revision } = await read<ModelVersionView>('qa', VERSION)
    const { signature } = await signing.signed('qa', stream, revision, 'approval')
    const other = send(test, 'qa', `${VERSION}/approval`, digest, { 'if-match': `"${revision}"` })
    expect(await refusal(other)).toEqual([409, 'case-changed'])
    await expected(200, approve('qa'))
    expect(await read<ModelVersionView>('regulator', VERSION)).toMatchObject({ approval: { signature } })
    expect(await summary()).toMatchObject({ status: 'approved', forDecisions: true, reasons: [] })
  })

  it('is reopened on drift, and what the case said then can still be read', async () => {
    const { approval } = await read<ModelVersionView>('regulator', VERSION)
    const drift = { cause: 'drift', from: 'execution', explanation: 'Calibration fell.', evidence: [evidence] }
    const answer = await send(test, 'qa', `${CASE}/reopenings`, drift)
    expect(answer.status).toBe(200)
    expect(await summary()).toMatchObject({ status: 'under-assessment', forDecisions: false })
    const then = await read<ModelVersionView>('regulator', `${VERSION}?asOf=${approval!.at}`)
    expect(then).toMatchObject({ status: 'approved', credibilityCase: { next: null, reopenings: [] } })
    const headers = { 'ledger-wait-for': answer.headers.get('ledger-position')! }
    const listed = await expected(200, test.request('qa', `/api/v1/models/${MODEL}/versions`, { headers }))
    expect(listed).toMatchObject([{ version: '1.0.0', status: 'under-assessment', approvedAt: null, riskTier: 'low' }])
  })

  it('is superseded by an approved version only, and retired for good', async () => {
    const itself = send(test, 'modeller', `${VERSION}/supersession`, { by: '1.0.0' })
    expect(await refusal(itself)).toEqual([409, 'successor-not-approved'])
    const explanation = 'The publication was corrected.'
    await expected(200, send(test, 'sponsor', `${VERSION}/retirement`, { explanation }))
    expect(await summary()).toMatchObject({ status: 'retired', reasons: ['version-retired'] })
    expect(await refusal(put('modeller', `${CASE}/question`, STEPS.question))).toEqual([400, 'invalid-fields'])
    const again = put('modeller', `${CASE}/question`, { question: STEPS.question.question })
    expect(await refusal(again)).toEqual([409, 'model-version-ended'])
  })

  it('is told in plain sentences in the audit trail', async () => {
    const { entries } = await read<{ entries: { sentence: string }[] }>('regulator', '/api/v1/audit?limit=100')
    const told = entries.map(({ sentence }) => sentence).join('\n')
    expect(told).toContain('The version was approved for decisions within its context of use, by electronic signature')
    expect(told).toContain('The credibility case was reopened from the step execution (drift): Calibration fell.')
  })
})
