/** The decision model of an impact assessment: complete, advised on, and approved by somebody who had no part in it. Pure. */
import type { Decider } from '../journal/decider.js'
import { Conflict, Forbidden, InvalidRequest, NotFound, Unprocessable } from '../platform/errors.js'
import { evolve, isReviewDue, NO_ASSESSMENT, type AssessmentState } from './assessment-state.js'
import {
  ASSESSMENT_PARTS,
  type AssessedUse,
  type AssessmentEvent,
  type AssessmentTexts,
  type ResidualRisk,
  type WithdrawalCause,
} from './events.js'

/** `by`: actor id; `reviewBy`: RFC 3339. */
export type AssessmentCommand =
  | { type: 'propose'; use: AssessedUse; texts: Partial<AssessmentTexts> }
  | { type: 'advise'; by: string; residualRisk: ResidualRisk; advice: string }
  | { type: 'approve'; by: string; reviewBy: string; signature: string }
  | { type: 'notice-review' }
  | { type: 'withdraw'; cause: WithdrawalCause }

/** What needs no more than to be said; an approval rests on a signature as well. */
export type AssessmentStep = Extract<AssessmentCommand, { type: 'advise' | 'withdraw' }>

/** Art 35(11) asks for a review when the risk changes; nobody waits longer than this for one. */
const MOST_YEARS_TO_REVIEW = 3

/** @param now RFC 3339, UTC */
export function assessmentDecider(now: string): Decider<AssessmentState, AssessmentCommand, AssessmentEvent> {
  return { initial: NO_ASSESSMENT, evolve, decide: (state, command) => decide(state, command, now) }
}

/**
 * @throws NotFound `dpia-not-found`
 * @throws Unprocessable `dpia-parts-missing`: `missing` names every one
 * @throws InvalidRequest `dpia-review-date-invalid`
 * @throws Forbidden `dpia-adviser-is-author`, `dpia-approver-is-author`
 * @throws Conflict `dpia-not-proposed`, `dpia-not-advised`, `dpia-residual-risk-high`, `dpia-withdrawn`
 */
function decide(state: AssessmentState, command: AssessmentCommand, now: string): readonly AssessmentEvent[] {
  if (command.type === 'propose') return propose(command)
  if (!state.use) throw new NotFound('dpia-not-found', 'There is no such impact assessment.')
  switch (command.type) {
    case 'advise':
      return advise(state, command)
    case 'approve':
      return approve(state, command, now)
    case 'notice-review':
      return isReviewDue(state, now) && !state.approval!.reviewNoticed
        ? [{ type: 'impact-assessment.review-due', data: { reviewBy: state.approval!.reviewBy } }]
        : []
    case 'withdraw':
      if (!state.draft && !state.approval) throw new Conflict('dpia-withdrawn', 'The impact assessment was withdrawn.')
      return [{ type: 'impact-assessment.withdrawn', data: { cause: command.cause } }]
  }
}

function propose({ use, texts }: Extract<AssessmentCommand, { type: 'propose' }>): AssessmentEvent[] {
  const missing = ASSESSMENT_PARTS.filter((part) => (texts[part] ?? '').trim() === '')
  if (missing.length > 0)
    throw new Unprocessable('dpia-parts-missing', 'The assessment lacks parts that Art 35(7) asks for.', { missing })
  return [
    { type: 'impact-assessment.proposed', data: use },
    { type: 'impact-assessment.described', data: texts as AssessmentTexts },
  ]
}

function advise(
  { draft }: AssessmentState,
  { by, residualRisk, advice }: Extract<AssessmentCommand, { type: 'advise' }>,
): AssessmentEvent[] {
  if (!draft) throw new Conflict('dpia-not-proposed', 'Nothing waits for advice; propose the assessment first.')
  if (draft.proposedBy === by)
    throw new Forbidden('dpia-adviser-is-author', 'Nobody advises on an assessment of their own.')
  return [
    { type: 'impact-assessment.advised', data: { residualRisk } },
    { type: 'impact-assessment.advice-written', data: { advice } },
  ]
}

function approve(
  { draft }: AssessmentState,
  { by, reviewBy, signature }: Extract<AssessmentCommand, { type: 'approve' }>,
  now: string,
): AssessmentEvent[] {
  if (!draft?.advice) throw new Conflict('dpia-not-advised', 'Advice comes before approval (Art 35(2)).')
  if (draft.proposedBy === by || draft.advice.by === by)
    throw new Forbidden('dpia-approver-is-author', 'Nobody approves what they proposed or advised on.')
  if (draft.advice.residualRisk === 'high')
    throw new Conflict(
      'dpia-residual-risk-high',
      'A high risk remains: consult the authority and take further measures before (Art 36(1)).',
    )
  const [review, latest] = [new Date(reviewBy), new Date(now)]
  latest.setUTCFullYear(latest.getUTCFullYear() + MOST_YEARS_TO_REVIEW)
  if (review <= new Date(now) || review > latest)
    throw new InvalidRequest('dpia-review-date-invalid', 'The review is due later than now and within three years.')
  return [{ type: 'impact-assessment.approved', data: { reviewBy: review.toISOString(), signature } }]
}
