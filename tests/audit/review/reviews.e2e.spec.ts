import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ReviewView } from '../../../src/audit/review/queries/get-review.js'
import type { ListedReview } from '../../../src/audit/review/queries/list-reviews.js'
import type { ReviewReceipt } from '../../../src/audit/review/review-writer.js'
import { startTestService, type TestService } from '../../support/test-service.js'
import { Signing } from '../../signatures/support.js'
import { until } from '../../support/until.js'

const EXPLANATION = 'Zq-review-canary: the amendment names no reason'

let test: TestService
let people: Signing
let plan: { from: string; to: string; dueAt: string; criteria: string[] }
beforeAll(async () => {
  test = await startTestService()
  people = await Signing.at(test)
  const begun = new Date().toISOString()
  const trial = await people.registerTrial('REVIEW-1')
  await people.attest('qa', 'Ada Example')
  await people.attest('compliance', 'Carl Compliance')
  await people.signed('qa', `trial-${trial}`, 0, 'approval')
  await people.amendProtocol(trial, '2.0')
  const ended = new Date().toISOString()
  const dueAt = new Date(Date.now() + 3_600_000).toISOString()
  plan = { from: begun, to: ended, dueAt, criteria: ['change-after-signing', 'refusal', 'baseline'] }
})
afterAll(() => test.stop())

/** A review has to be due in the future: a machine too slow to say so in time is given longer. */
async function planDueIn(ms: number): Promise<void> {
  const { status, body } = await post('qa', '', { ...plan, dueAt: new Date(Date.now() + ms).toISOString() })
  if (status === 400 && ms < 60_000) return planDueIn(ms * 4)
  expect([status, body.code]).toEqual([201, undefined])
}

const post = async <T>(as: string, path: string, body: object = {}) =>
  people.post<T>(await people.issuer.issueToken(as), `/api/v1/audit-reviews${path}`, body)

describe('a review over HTTP', () => {
  let review: string

  it('is planned by compliance or quality assurance', async () => {
    expect((await post('investigator', '', plan)).status).toBe(403)
    const { status, body } = await post<ReviewReceipt>('compliance', '', plan)
    expect(status).toBe(201)
    review = body.review
  })

  // proves TL-AUD-003
  it('is refused to whoever acted in what was drawn', async () => {
    expect((await post('qa', `/${review}/reviewer`)).body.code).toBe('reviewer-not-independent')
  })

  it('draws entries by risk, and says why each was drawn', async () => {
    const other = { ...plan, criteria: ['change-after-signing'] }
    const { body } = await post<ReviewReceipt>('qa', '', other)
    review = body.review
    expect((await post('compliance', `/${review}/reviewer`)).status).toBe(200)
    const view = await people.read<ReviewView>('compliance', `/api/v1/audit-reviews/${review}`)
    expect(view).toMatchObject({ status: 'under-way', overdue: false })
    expect(view.sample!.entries).toMatchObject([{ criteria: ['change-after-signing'] }])
    const drawn = view.sample!.entries[0]!.position
    const entry = await people.read<{ type: string }>('compliance', `/api/v1/audit/${drawn}`)
    expect(entry.type).toBe('trial.protocol-amended')
  })

  // proves TL-AUD-003
  it('goes from a finding to its resolution, conclusion, signature and closure', async () => {
    const { sample } = await people.read<ReviewView>('compliance', `/api/v1/audit-reviews/${review}`)
    const positions = [sample!.entries[0]!.position]
    const finding = { code: 'reason-missing', severity: 'minor', positions, explanation: EXPLANATION }
    const found = await post<{ finding: string }>('compliance', `/${review}/findings`, finding)
    expect(found.status).toBe(201)
    expect((await post('compliance', `/${review}/conclusion`)).body.code).toBe('review-findings-open')
    const resolution = { resolution: 'explained' }
    expect((await post('qa', `/${review}/findings/${found.body.finding}/resolution`, resolution)).status).toBe(200)
    const concluded = await post<ReviewReceipt>('compliance', `/${review}/conclusion`)
    expect((await post('compliance', `/${review}/closure`)).body.code).toBe('signature-missing')
    await people.signed('compliance', `audit-review-${review}`, concluded.body.revision!, 'responsibility')
    const closed = await post<ReviewReceipt>('compliance', `/${review}/closure`)
    expect(closed.status).toBe(200)
    const seeing = { position: closed.body.position! }
    const view = await people.read<ReviewView>('regulator', `/api/v1/audit-reviews/${review}`, seeing)
    expect(view).toMatchObject({
      status: 'closed',
      findings: [{ code: 'reason-missing', explanation: EXPLANATION, resolution: 'explained' }],
      signatures: [{ meaning: 'responsibility', signer: { name: 'Carl Compliance' }, status: 'valid' }],
    })
  })

  it('keeps what the reviewer wrote sealed', async () => {
    const { rows } = await test.db.ownerPool.query<{ stored: Buffer }>('select stored from ledger.payload')
    expect(Buffer.concat(rows.map(({ stored }) => stored)).includes('Zq-review-canary')).toBe(false)
  })

  it('is listed as overdue, and counted where the service is watched, once its time has passed', async () => {
    await planDueIn(500)
    const overdue = () => people.read<ListedReview[]>('qa', '/api/v1/audit-reviews?status=overdue')
    await until('the review to be overdue', async () => (await overdue()).length === 1)
    expect(await (await test.request(null, '/metrics')).text()).toContain('audit_reviews_overdue 1')
    const { checks } = await people.read<{ checks: object }>('qa', '/health/ready')
    expect(checks).toMatchObject({ 'audit-reviews': { ok: true, detail: '1 overdue' } })
  })
})
