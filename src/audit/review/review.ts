/** Pure: a review of the audit trail, from its plan to its closure (FDA 2024-10 guidance on electronic systems; EU GMP Annex 11 §9). */
import type { Decider } from '../../journal/decider.js'
import { Conflict, Forbidden, InvalidRequest, NotFound } from '../../platform/errors.js'
import type { FindingCode, Resolution, Severity } from './codes.js'
import type { ReviewEvent, ReviewPlan, ReviewTakenUp, TwinsSampled } from './events.js'

export interface Finding {
  finding: string
  code: FindingCode
  severity: Severity
  positions: readonly number[]
  /** Null when it was erased, or is sealed for the reader. */
  explanation: string | null
  resolution: Resolution | null
}

export interface ReviewState {
  status: 'none' | 'planned' | 'under-way' | 'concluded' | 'closed'
  plan: ReviewPlan | null
  planner: string | null
  reviewer: string | null
  sample: ReviewTakenUp['data'] | null
  /** Coded twins that the reviewer may read; `event`: id of the event that drew them. */
  twinSample: (TwinsSampled['data'] & { event: string }) | null
  findings: ReadonlyMap<string, Finding>
  /** Revision that the reviewer signs. */
  concludedRevision: number | null
  signature: string | null
}

export type ReviewCommand =
  | { do: 'plan'; plan: ReviewPlan; now: string }
  | { do: 'take-up'; by: string; sample: ReviewTakenUp['data']; now: string }
  | { do: 'sample-twins'; by: string; sample: TwinsSampled['data'] }
  | {
      do: 'record-finding'
      by: string
      finding: string
      code: FindingCode
      severity: Severity
      positions: readonly number[]
      explanation: string
    }
  | { do: 'resolve-finding'; finding: string; resolution: Resolution }
  | { do: 'conclude'; by: string }
  | { do: 'close'; by: string; signature: string }

type Asked<What extends ReviewCommand['do']> = Extract<ReviewCommand, { do: What }>

export const reviewStream = (review: string): string => `audit-review-${review}`

export const reviewDecider: Decider<ReviewState, ReviewCommand, ReviewEvent> = {
  initial: {
    status: 'none',
    plan: null,
    planner: null,
    reviewer: null,
    sample: null,
    twinSample: null,
    findings: new Map(),
    concludedRevision: null,
    signature: null,
  },

  evolve(state, { type, data }, { id: event, actor, revision }) {
    const finding = (id: string, known: Partial<Finding>) =>
      new Map([...state.findings, [id, { ...state.findings.get(id)!, ...known }]])
    switch (type) {
      case 'audit-review.planned':
        return { ...state, status: 'planned', plan: data, planner: actor.id }
      case 'audit-review.taken-up':
        return { ...state, status: 'under-way', reviewer: actor.id, sample: data }
      case 'audit-review.twins-sampled':
        return { ...state, twinSample: { ...data, event } }
      case 'audit-review.finding-recorded':
        return { ...state, findings: finding(data.finding, { ...data, explanation: null, resolution: null }) }
      case 'audit-review.finding-explained':
        return { ...state, findings: finding(data.finding, { explanation: data.explanation }) }
      case 'audit-review.finding-resolved':
        return { ...state, findings: finding(data.finding, { resolution: data.resolution }) }
      case 'audit-review.concluded':
        return { ...state, status: 'concluded', concludedRevision: revision }
      case 'audit-review.closed':
        return { ...state, status: 'closed', signature: data.signature }
    }
  },

  /**
   * @throws InvalidRequest `review-period-invalid`, `review-criteria-missing`, `review-entry-not-sampled`
   * @throws Forbidden `reviewer-not-independent`, `reviewer-is-another`
   * @throws Conflict `review-planned-already`, `review-not-planned`, `review-period-not-over`, `review-not-under-way`, `review-not-concluded`, `review-findings-open`, `review-twins-sampled`
   * @throws NotFound `review-not-found`, `review-finding-not-found`
   */
  decide(state, command) {
    if (command.do === 'plan') return plan(state, command)
    if (state.status === 'none') throw new NotFound('review-not-found', 'There is no such review.')
    switch (command.do) {
      case 'take-up':
        return takeUp(state, command)
      case 'sample-twins':
        return sampleTwins(state, command)
      case 'record-finding':
        return recordFinding(state, command)
      case 'resolve-finding':
        return resolveFinding(state, command)
      case 'conclude':
        return conclude(state, command)
      case 'close':
        return close(state, command)
    }
  },
}

function plan({ status }: ReviewState, { plan: planned, now }: Asked<'plan'>): ReviewEvent[] {
  if (status !== 'none') throw new Conflict('review-planned-already', 'The review is planned.')
  const { from, to, dueAt, criteria } = planned
  const [begin, end, due] = [from, to, dueAt].map((time) => Date.parse(time)) as [number, number, number]
  if (!(begin < end && end <= due && Date.parse(now) < due))
    throw new InvalidRequest(
      'review-period-invalid',
      'A period begins before it ends, and the review is due after both, in the future.',
    )
  if (criteria.length === 0) throw new InvalidRequest('review-criteria-missing', 'A review needs a criterion of risk.')
  return [{ type: 'audit-review.planned', data: planned }]
}

function takeUp({ status, plan: planned }: ReviewState, { by, sample, now }: Asked<'take-up'>): ReviewEvent[] {
  if (status !== 'planned') throw new Conflict('review-not-planned', 'Somebody has taken the review up.')
  if (Date.parse(planned!.to) > Date.parse(now))
    throw new Conflict('review-period-not-over', 'What is still going on is not reviewed.')
  if (sample.actors.includes(by))
    throw new Forbidden('reviewer-not-independent', 'Whoever acted in the entries to review does not review them.')
  return [{ type: 'audit-review.taken-up', data: sample }]
}

/** One sample a review: who could draw again until it suits them would choose. */
function sampleTwins(state: ReviewState, { by, sample }: Asked<'sample-twins'>): ReviewEvent[] {
  requireReviewer(state, by)
  if (state.twinSample) throw new Conflict('review-twins-sampled', 'Twins were drawn for this review already.')
  return [{ type: 'audit-review.twins-sampled', data: sample }]
}

function recordFinding(
  state: ReviewState,
  { do: _do, by, explanation, ...found }: Asked<'record-finding'>,
): ReviewEvent[] {
  requireReviewer(state, by)
  const sampled = new Set(state.sample!.entries.map(({ position }) => position))
  if (!found.positions.every((position) => sampled.has(position)))
    throw new InvalidRequest('review-entry-not-sampled', 'A finding is about entries of the sample.')
  return [
    { type: 'audit-review.finding-recorded', data: found },
    { type: 'audit-review.finding-explained', data: { finding: found.finding, explanation } },
  ]
}

function resolveFinding(
  { findings, status }: ReviewState,
  { finding, resolution }: Asked<'resolve-finding'>,
): ReviewEvent[] {
  const found = findings.get(finding)
  if (!found) throw new NotFound('review-finding-not-found', 'The review has no such finding.')
  if (status !== 'under-way') throw notUnderWay()
  return found.resolution === resolution
    ? []
    : [{ type: 'audit-review.finding-resolved', data: { finding, resolution } }]
}

function conclude(state: ReviewState, { by }: Asked<'conclude'>): ReviewEvent[] {
  requireReviewer(state, by)
  const open = [...state.findings.values()].filter(({ resolution }) => resolution === null)
  if (open.length > 0)
    throw new Conflict('review-findings-open', 'Each finding is resolved first.', { open: open.length })
  const data = { examined: state.sample!.entries.length, findings: state.findings.size }
  return [{ type: 'audit-review.concluded', data }]
}

function close({ status, reviewer }: ReviewState, { by, signature }: Asked<'close'>): ReviewEvent[] {
  if (status !== 'concluded') throw new Conflict('review-not-concluded', 'The review is not concluded, or is closed.')
  if (reviewer !== by) throw another()
  return [{ type: 'audit-review.closed', data: { signature } }]
}

function requireReviewer({ status, reviewer }: ReviewState, by: string): void {
  if (status !== 'under-way') throw notUnderWay()
  if (reviewer !== by) throw another()
}

const notUnderWay = () => new Conflict('review-not-under-way', 'Nobody is carrying the review out, or it is concluded.')
const another = () => new Forbidden('reviewer-is-another', 'Somebody else carries this review out.')
