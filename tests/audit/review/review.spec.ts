import { describe, expect, it } from '@jest/globals'
import { drawn, firstByHash } from '../../../src/audit/review/draw-sample.js'
import type { ReviewEvent, ReviewPlan, ReviewTakenUp } from '../../../src/audit/review/events.js'
import { reviewDecider, reviewStream, type ReviewCommand } from '../../../src/audit/review/review.js'
import type { EventMetadata } from '../../../src/journal/decider.js'
import type { TwinLedgerError } from '../../../src/platform/errors.js'

const plan: ReviewPlan = {
  from: '2026-10-01T00:00:00.000Z',
  to: '2026-11-01T00:00:00.000Z',
  criteria: ['correction'],
  perCriterion: 20,
  lateAfterDays: 7,
  dueAt: '2026-11-15T00:00:00.000Z',
}
const NOW = '2026-11-02T00:00:00.000Z'
const sample: ReviewTakenUp['data'] = {
  belowPosition: 100,
  entries: [{ position: 7, criteria: ['correction'] }],
  population: { correction: 1 },
  actors: ['investigator-1'],
}

type Happened = [by: string, event: ReviewEvent]
const planned: Happened = ['planner', { type: 'audit-review.planned', data: plan }]
const takenUp: Happened = ['reviewer', { type: 'audit-review.taken-up', data: sample }]
const found: Happened = [
  'reviewer',
  {
    type: 'audit-review.finding-recorded',
    data: { finding: 'f1', code: 'reason-missing', severity: 'minor', positions: [7] },
  },
]
const resolved: Happened = [
  'qa-2',
  { type: 'audit-review.finding-resolved', data: { finding: 'f1', resolution: 'explained' } },
]
const concluded: Happened = ['reviewer', { type: 'audit-review.concluded', data: { examined: 1, findings: 0 } }]

/** The events a command leads to, or the code it is refused with. */
function outcome(history: readonly Happened[], command: ReviewCommand) {
  const state = history.reduce((before, [by, event], revision) => {
    const metadata = { actor: { id: by, role: 'qa' }, revision, stream: reviewStream('r') } as EventMetadata
    return reviewDecider.evolve(before, event, metadata)
  }, reviewDecider.initial)
  try {
    return reviewDecider.decide(state, command)
  } catch (error) {
    return (error as TwinLedgerError).code
  }
}

const takeUp = (by: string, now = NOW): ReviewCommand => ({ do: 'take-up', by, sample, now })
const recordFinding = (by: string, positions: number[]): ReviewCommand => ({
  do: 'record-finding',
  by,
  finding: 'f1',
  code: 'reason-missing',
  severity: 'minor',
  positions,
  explanation: 'no reason given',
})

describe('a review of the audit trail', () => {
  it('is planned for a period that ends before it is due', () => {
    const asked = (changes: Partial<ReviewPlan>): ReviewCommand => ({
      do: 'plan',
      plan: { ...plan, ...changes },
      now: NOW,
    })
    expect(outcome([], asked({}))).toEqual([planned[1]])
    expect(outcome([], asked({ to: plan.from }))).toBe('review-period-invalid')
    expect(outcome([], asked({ dueAt: '2026-10-15T00:00:00.000Z' }))).toBe('review-period-invalid')
    expect(outcome([], asked({ criteria: [] }))).toBe('review-criteria-missing')
  })

  // proves TL-AUD-003
  it('is carried out by nobody who acted in the entries', () => {
    expect(outcome([planned], takeUp('investigator-1'))).toBe('reviewer-not-independent')
    expect(outcome([planned], takeUp('reviewer'))).toEqual([takenUp[1]])
    expect(outcome([planned, takenUp], takeUp('somebody'))).toBe('review-not-planned')
  })

  it('looks at nothing that is still going on', () => {
    expect(outcome([planned], takeUp('reviewer', '2026-10-20T00:00:00.000Z'))).toBe('review-period-not-over')
  })

  it('finds things in the entries that were drawn, by the word of its reviewer alone', () => {
    const underWay = [planned, takenUp]
    expect(outcome(underWay, recordFinding('reviewer', [7]))).toMatchObject([
      { type: 'audit-review.finding-recorded' },
      { type: 'audit-review.finding-explained', data: { explanation: 'no reason given' } },
    ])
    expect(outcome(underWay, recordFinding('reviewer', [8]))).toBe('review-entry-not-sampled')
    expect(outcome(underWay, recordFinding('somebody', [7]))).toBe('reviewer-is-another')
    expect(outcome([planned], recordFinding('reviewer', [7]))).toBe('review-not-under-way')
  })

  // proves TL-AUD-003
  it('is concluded once each finding is resolved, and closed by its reviewer', () => {
    const open = [planned, takenUp, found]
    expect(outcome(open, { do: 'conclude', by: 'reviewer' })).toBe('review-findings-open')
    expect(outcome([...open, resolved], { do: 'conclude', by: 'reviewer' })).toEqual([
      { type: 'audit-review.concluded', data: { examined: 1, findings: 1 } },
    ])
    const close = (by: string): ReviewCommand => ({ do: 'close', by, signature: 's1' })
    expect(outcome(open, close('reviewer'))).toBe('review-not-concluded')
    expect(outcome([planned, takenUp, concluded], close('somebody'))).toBe('reviewer-is-another')
    expect(outcome([planned, takenUp, concluded], close('reviewer'))).toEqual([
      { type: 'audit-review.closed', data: { signature: 's1' } },
    ])
  })
})

// proves TL-IDN-020
describe('the coded twins of a review', () => {
  const twins = { seed: '00ff', size: 1, population: 3, belowPosition: 90, codes: ['K7QX-9M2T'] }
  const sampleTwins = (by: string): ReviewCommand => ({ do: 'sample-twins', by, sample: twins })
  const sampled: Happened = ['reviewer', { type: 'audit-review.twins-sampled', data: twins }]

  it('are drawn by its reviewer, while it is under way, and once', () => {
    expect(outcome([planned], sampleTwins('reviewer'))).toBe('review-not-under-way')
    expect(outcome([planned, takenUp], sampleTwins('somebody'))).toBe('reviewer-is-another')
    expect(outcome([planned, takenUp], sampleTwins('reviewer'))).toEqual([sampled[1]])
    expect(outcome([planned, takenUp, sampled], sampleTwins('reviewer'))).toBe('review-twins-sampled')
    expect(outcome([planned, takenUp, concluded], sampleTwins('reviewer'))).toBe('review-not-under-way')
  })

  it('follow from the seed and the codes, in whatever order these come', () => {
    const codes = Array.from({ length: 40 }, (_, index) => `CODE-${index}`)
    const draw = (seed: string, among = codes) => firstByHash(seed, among, (code) => code, 5)
    expect(draw('00ff', [...codes].reverse())).toEqual(draw('00ff'))
    expect(draw('00fe')).not.toEqual(draw('00ff'))
    expect(firstByHash('00ff', codes.slice(0, 3), (code) => code, 5)).toHaveLength(3)
  })
})

describe('a sample', () => {
  const candidates = Array.from({ length: 50 }, (_, position) => ({ position }))

  it('is the same whenever it is drawn, and another for another review', () => {
    const once = drawn('review-1', candidates, 5)
    expect(once).toHaveLength(5)
    expect(drawn('review-1', [...candidates].reverse(), 5)).toEqual(once)
    expect(drawn('review-2', candidates, 5)).not.toEqual(once)
  })
})
