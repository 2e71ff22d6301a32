import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ReviewView } from '../../../src/audit/review/queries/get-review.js'
import type { ReviewPage } from '../../../src/audit/review/queries/list-reviews.js'
import type { ReviewReceipt } from '../../../src/audit/review/review-writer.js'
import { firstByHash } from '../../../src/audit/review/draw-sample.js'
import type { TwinsSampled } from '../../../src/audit/review/events.js'
import { expected, generatedPatient, ingest, readTwin, refusal, send } from '../../e2e/support/clinic.js'
import { allPages } from '../../support/all-pages.js'
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

  it('is listed with the others page by page, those due first at the head', async () => {
    const read = (query: string) => people.read<ReviewPage>('qa', `/api/v1/audit-reviews${query}`)
    const { reviews } = await read('')
    expect(reviews.map(({ dueAt }) => dueAt)).toEqual(reviews.map(({ dueAt }) => dueAt).sort())
    const pages = await allPages(read)
    expect(pages.length).toBeGreaterThan(1)
    expect(pages.flatMap((page) => page.reviews)).toEqual(reviews)
  })

  it('keeps what the reviewer wrote sealed', async () => {
    const { rows } = await test.db.ownerPool.query<{ stored: Buffer }>('select stored from ledger.payload')
    expect(Buffer.concat(rows.map(({ stored }) => stored)).includes('Zq-review-canary')).toBe(false)
  })

  it('is listed as overdue, and counted where the service is watched, once its time has passed', async () => {
    await planDueIn(500)
    const overdue = () => people.read<ReviewPage>('qa', '/api/v1/audit-reviews?status=overdue')
    await until('the review to be overdue', async () => (await overdue()).reviews.length === 1)
    expect(await (await test.request(null, '/metrics')).text()).toContain('audit_reviews_overdue 1')
    const { checks } = await people.read<{ checks: object }>('qa', '/health/ready')
    expect(checks).toMatchObject({ 'audit-reviews': { ok: true, detail: '1 overdue' } })
  })
})

// proves TL-IDN-020
describe('the coded twins of a review', () => {
  const SITE = 'evaluation-site-1'
  const twinOfCode = new Map<string, string>()
  let trial: string
  let review: string
  let sample: TwinsSampled['data']
  beforeAll(async () => {
    trial = await people.registerTrial('SAMPLE-1')
    await expected(200, send(test, 'sponsor', `/api/v1/trials/${trial}/sites`, { site: SITE, country: 'DE' }))
    for (const index of [0, 1, 2]) await enrol(index)
    const of = { ...plan, trial, to: new Date().toISOString(), criteria: ['correction'] }
    ;({ review } = (await post<ReviewReceipt>('compliance', '', of)).body)
  })

  async function enrol(index: number): Promise<void> {
    const { twin } = await ingest(test, generatedPatient(index))
    const { subject } = await readTwin(test, 'steward', twin)
    const path = `/api/v1/trials/${trial}/enrolments`
    const { code } = await expected<{ code: string }>(201, send(test, 'investigator', path, { subject, site: SITE }))
    twinOfCode.set(code, twin)
  }
  const asQa = (path: string) => test.request('qa', `/api/v1/twins${path}`)
  const listed = async () =>
    (await expected<{ twins: { twin: string }[] }>(200, asQa(''))).twins.map(({ twin }) => twin)

  it('are drawn by a reviewer from quality assurance alone, and closed to them before', async () => {
    expect(await listed()).toEqual([])
    for (const twin of twinOfCode.values()) expect(await refusal(asQa(`/${twin}`))).toEqual([403, 'twin-not-sampled'])
    expect((await post('qa', `/${review}/twin-sample`, { size: 2 })).body.code).toBe('review-not-under-way')
    expect((await post('qa', `/${review}/reviewer`)).status).toBe(200)
    expect((await post('compliance', `/${review}/twin-sample`, { size: 2 })).body.code).toBe('action-not-permitted')
    expect((await post('qa', `/${review}/twin-sample`, { size: 2 })).status).toBe(201)
    expect((await post('qa', `/${review}/twin-sample`, { size: 2 })).body.code).toBe('review-twins-sampled')
  })

  it('can be drawn again by anybody from the seed that is on record', async () => {
    sample = (await people.read<ReviewView>('regulator', `/api/v1/audit-reviews/${review}`)).twinSample!
    expect(sample).toMatchObject({ size: 2, population: 3 })
    expect(firstByHash(sample.seed, [...twinOfCode.keys()], (code) => code, sample.size)).toEqual(sample.codes)
  })

  it('are open to the reviewer, coded, each reading on record under the review, and no others are', async () => {
    const drawn = sample.codes.map((code) => twinOfCode.get(code)!)
    const left = [...twinOfCode.values()].find((twin) => !drawn.includes(twin))!
    expect((await listed()).sort()).toEqual([...drawn].sort())
    expect(await expected(200, asQa('/count'))).toMatchObject({ twins: 2 })
    for (const twin of drawn) expect(await readTwin(test, 'qa', twin)).toMatchObject({ twin, detail: 'coded' })
    expect(await refusal(asQa(`/${drawn[0]}?detail=full`))).toEqual([403, 'action-not-permitted'])
    expect(await refusal(asQa(`/${left}`))).toEqual([403, 'twin-not-sampled'])
    expect(await refusal(asQa(`/${left}/facts`))).toEqual([403, 'twin-not-sampled'])
    const { entries } = await people.read<{
      entries: { actor: { role: string }; reason: string; causation: string }[]
    }>('regulator', '/api/v1/audit?type=access.values-opened&role=qa')
    const [drew] = (
      await people.read<{ entries: { id: string }[] }>('regulator', '/api/v1/audit?type=audit-review.twins-sampled')
    ).entries
    expect(entries.map(({ reason, causation }) => [reason, causation])).toEqual(
      drawn.map(() => ['audit-review', drew!.id]),
    )
  })

  it('are closed again with the review', async () => {
    const concluded = await post<ReviewReceipt>('qa', `/${review}/conclusion`)
    await people.signed('qa', `audit-review-${review}`, concluded.body.revision!, 'responsibility')
    expect((await post('qa', `/${review}/closure`)).status).toBe(200)
    for (const twin of twinOfCode.values()) expect(await refusal(asQa(`/${twin}`))).toEqual([403, 'twin-not-sampled'])
    expect(await listed()).toEqual([])
  })
})
