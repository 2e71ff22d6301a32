import { describe, expect, it } from '@jest/globals'
import { assessmentDecider, type AssessmentCommand } from '../../src/assessments/assessment.js'
import { evolve, inForce, NO_ASSESSMENT, statusOf } from '../../src/assessments/assessment-state.js'
import type { AssessmentEvent, AssessmentTexts, ResidualRisk } from '../../src/assessments/events.js'

const NOW = '2026-11-22T08:00:00.000Z'
const REVIEW = '2027-11-22T08:00:00.000Z'

type Given = readonly (readonly [actor: string, event: AssessmentEvent])[]
const use = { model: 'cvd.prevent-2023', version: null, purpose: 'HRESCH' }
const texts: AssessmentTexts = { description: 'd', necessity: 'n', risks: 'r', measures: 'm' }
const proposed: Given = [
  ['author', { type: 'impact-assessment.proposed', data: use }],
  ['author', { type: 'impact-assessment.described', data: texts }],
]
const advised = (residualRisk: ResidualRisk = 'low'): Given => [
  ...proposed,
  ['officer', { type: 'impact-assessment.advised', data: { residualRisk } }],
]
const approved: Given = [
  ...advised(),
  ['qa', { type: 'impact-assessment.approved', data: { reviewBy: REVIEW, signature: 's-1' } }],
]
const withdrawn: Given = [
  ...approved,
  ['officer', { type: 'impact-assessment.withdrawn', data: { cause: 'risk-changed' } }],
]
const after = (given: Given) =>
  given.reduce(
    (state, [id, event]) => evolve(state, event, { actor: { id, role: 'qa' }, recordedAt: NOW }),
    NO_ASSESSMENT,
  )
const decide = (given: Given, when: AssessmentCommand) => assessmentDecider(NOW).decide(after(given), when)
const refused = (given: Given, when: AssessmentCommand) => {
  try {
    decide(given, when)
  } catch (error) {
    return (error as { code: string }).code
  }
  return 'allowed'
}
const advise = (by: string): AssessmentCommand => ({ type: 'advise', by, residualRisk: 'low', advice: 'Review each.' })
const approve = (by = 'qa', reviewBy = REVIEW): AssessmentCommand => ({
  type: 'approve',
  by,
  reviewBy,
  signature: 's-1',
})
const withdraw: AssessmentCommand = { type: 'withdraw', cause: 'risk-changed' }

// proves TL-PRV-005
describe('an impact assessment', () => {
  it('names every part that a proposal lacks at once', () => {
    expect(() => decide([], { type: 'propose', use, texts: { description: 'd', risks: ' ' } })).toThrow(
      expect.objectContaining({
        code: 'dpia-parts-missing',
        details: { missing: ['necessity', 'risks', 'measures'] },
      }),
    )
    expect(decide([], { type: 'propose', use, texts })).toEqual(proposed.map(([, event]) => event))
  })

  it('is advised on before it is approved, each by somebody else', () => {
    expect(refused([], advise('officer'))).toBe('dpia-not-found')
    expect(refused(proposed, approve())).toBe('dpia-not-advised')
    expect(refused(proposed, advise('author'))).toBe('dpia-adviser-is-author')
    expect(decide(proposed, advise('officer'))).toEqual([
      { type: 'impact-assessment.advised', data: { residualRisk: 'low' } },
      { type: 'impact-assessment.advice-written', data: { advice: 'Review each.' } },
    ])
    for (const by of ['author', 'officer']) expect(refused(advised(), approve(by))).toBe('dpia-approver-is-author')
    expect(decide(advised(), approve())).toEqual([
      { type: 'impact-assessment.approved', data: { reviewBy: REVIEW, signature: 's-1' } },
    ])
  })

  it('is not approved while a high risk remains, nor without a review within three years', () => {
    expect(refused(advised('high'), approve())).toBe('dpia-residual-risk-high')
    for (const reviewBy of [NOW, '2029-11-22T08:00:00.001Z'])
      expect(refused(advised(), approve('qa', reviewBy))).toBe('dpia-review-date-invalid')
  })

  it('is in force until its review, also while it is proposed anew, and not once it is withdrawn', () => {
    const [again, justBefore] = [after([...approved, ...proposed]), '2027-11-22T07:59:59.999Z']
    expect(inForce(again, justBefore)).toBe(true)
    expect(inForce(again, REVIEW)).toBe(false)
    expect([
      statusOf(after(approved), justBefore),
      statusOf(after(approved), REVIEW),
      statusOf(again, REVIEW),
      statusOf(after(withdrawn), NOW),
    ]).toEqual(['approved', 'expired', 'proposed', 'withdrawn'])
    expect(inForce(after(advised()), NOW)).toBe(false)
  })

  it('is called in for its review sixty days ahead, once for each approval', () => {
    const notice = (given: Given, now: string) => assessmentDecider(now).decide(after(given), { type: 'notice-review' })
    const [early, ahead] = ['2027-09-23T07:59:59.999Z', '2027-09-23T08:00:00.000Z']
    const said: AssessmentEvent = { type: 'impact-assessment.review-due', data: { reviewBy: REVIEW } }
    expect(notice(approved, early)).toEqual([])
    expect(notice(approved, ahead)).toEqual([said])
    expect(notice(approved, '2027-11-23T00:00:00.000Z')).toEqual([said])
    expect(notice([...approved, ['service', said]], ahead)).toEqual([])
    const renewed: Given = [...approved, ['service', said], ...approved]
    expect(notice(renewed, ahead)).toEqual([said])
    for (const given of [advised(), withdrawn]) expect(notice(given, ahead)).toEqual([])
  })

  it('is withdrawn once, and takes a new proposal then', () => {
    expect(decide(approved, withdraw)).toEqual([
      { type: 'impact-assessment.withdrawn', data: { cause: 'risk-changed' } },
    ])
    expect(refused(withdrawn, withdraw)).toBe('dpia-withdrawn')
    expect(refused(withdrawn, advise('officer'))).toBe('dpia-not-proposed')
    expect(refused(withdrawn, { type: 'propose', use, texts })).toBe('allowed')
  })
})
