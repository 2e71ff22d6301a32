/** What is known of an impact assessment, folded from its stream. */
import type { EventMetadata } from '../journal/decider.js'
import type { AssessedUse, AssessmentEvent, AssessmentTexts, ResidualRisk } from './events.js'

export const assessmentStream = (assessment: string): string => `impact-assessment-${assessment}`

/** The round that waits for advice or approval. */
export interface AssessmentDraft {
  /** Actor id. */
  readonly proposedBy: string
  readonly advice: { readonly by: string; readonly residualRisk: ResidualRisk } | null
}

export interface AssessmentApproval {
  readonly by: string
  readonly at: string
  readonly reviewBy: string
  readonly residualRisk: ResidualRisk
  /** Id of the approver's electronic signature. */
  readonly signature: string
  /** Whether it was said that the review comes near. */
  readonly reviewNoticed: boolean
}

export interface AssessmentState {
  /** Null before it is proposed. */
  readonly use: AssessedUse | null
  readonly draft: AssessmentDraft | null
  /** Null while none was given, and once it is withdrawn. */
  readonly approval: AssessmentApproval | null
  /** Of the newest round; null where they are not opened. */
  readonly texts: AssessmentTexts | null
  readonly advice: string | null
}

export const NO_ASSESSMENT: AssessmentState = { use: null, draft: null, approval: null, texts: null, advice: null }

export function evolve(
  state: AssessmentState,
  event: AssessmentEvent,
  { actor, recordedAt }: Pick<EventMetadata, 'actor' | 'recordedAt'>,
): AssessmentState {
  switch (event.type) {
    case 'impact-assessment.proposed':
      return { ...state, use: event.data, draft: { proposedBy: actor.id, advice: null }, texts: null, advice: null }
    case 'impact-assessment.described':
      return { ...state, texts: event.data }
    case 'impact-assessment.advised': {
      const advice = { by: actor.id, residualRisk: event.data.residualRisk }
      return { ...state, draft: { ...state.draft!, advice } }
    }
    case 'impact-assessment.advice-written':
      return { ...state, advice: event.data.advice }
    case 'impact-assessment.approved': {
      const { residualRisk } = state.draft!.advice!
      const { reviewBy, signature } = event.data
      const approval = { by: actor.id, at: recordedAt, reviewBy, residualRisk, signature, reviewNoticed: false }
      return { ...state, draft: null, approval }
    }
    case 'impact-assessment.review-due':
      return { ...state, approval: state.approval && { ...state.approval, reviewNoticed: true } }
    case 'impact-assessment.withdrawn':
      return { ...state, draft: null, approval: null }
  }
}

/** Whether a model may be used on the strength of it. @param now RFC 3339, UTC */
export function inForce({ approval }: AssessmentState, now: string): boolean {
  return approval !== null && now < approval.reviewBy
}

/** A new round takes this long: advice, approval, and time to act on both. */
const NOTICE_DAYS = 60
const DAY_MS = 86_400_000

/** Whether an approval counts no longer, or soon will not. @param now RFC 3339, UTC */
export function isReviewDue({ approval }: AssessmentState, now: string): boolean {
  return approval !== null && Date.parse(approval.reviewBy) - Date.parse(now) <= NOTICE_DAYS * DAY_MS
}

export type AssessmentStatus = 'approved' | 'advised' | 'proposed' | 'expired' | 'withdrawn'

/** What it is worth now; an approval in force counts before the round that is to replace it. */
export function statusOf(state: AssessmentState, now: string): AssessmentStatus {
  if (inForce(state, now)) return 'approved'
  if (state.draft) return state.draft.advice ? 'advised' : 'proposed'
  return state.approval ? 'expired' : 'withdrawn'
}
