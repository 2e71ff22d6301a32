import type { FindingCode, Resolution, RiskCriterion, Severity } from '../../../src/audit/review/codes.js'
import type { ReviewTakenUp, TwinsSampled } from '../../../src/audit/review/events.js'
import { change, read, readPage } from './http.js'
import type { Signature } from './signatures.js'

export type ReviewStatus = 'planned' | 'under-way' | 'concluded' | 'closed'

export interface ReviewLine {
  review: string
  status: ReviewStatus
  trial: string | null
  from: string
  to: string
  dueAt: string
  reviewer: string | null
  findings: number
  overdue: boolean
}

export interface Finding {
  finding: string
  code: FindingCode
  severity: Severity
  positions: number[]
  explanation: string | null
  resolution: Resolution | null
}

export interface Review {
  review: string
  status: ReviewStatus
  overdue: boolean
  plan: { trial?: string; from: string; to: string; dueAt: string; perCriterion: number; lateAfterDays: number }
  planner: string
  reviewer: string | null
  /** What each criterion in use means. */
  criteria: Partial<Record<RiskCriterion, string>>
  sample: ReviewTakenUp['data'] | null
  /** Coded twins that the reviewer may read while the review is open. */
  twinSample: TwinsSampled['data'] | null
  findings: Finding[]
  /** What the reviewer signs. */
  concludedRevision: number | null
  signatures: Signature[]
}

const ROOT = '/api/v1/audit-reviews'

export const listReviews = (cursor: string | undefined, signal?: AbortSignal) =>
  readPage<ReviewLine>(ROOT, 'reviews', { cursor }, signal)

export const readReview = (review: string, signal?: AbortSignal) => read<Review>(`${ROOT}/${review}`, {}, signal)

export const planReview = (plan: object) => change<{ review: string }>(ROOT, plan)

/** Draws coded twins of the review's trial at random, once. */
export const sampleTwins = (review: string, size: number) => change(`${ROOT}/${review}/twin-sample`, { size })

export const recordFinding = (review: string, finding: object) => change(`${ROOT}/${review}/findings`, finding)

export const resolveFinding = (review: string, finding: string, resolution: string) =>
  change(`${ROOT}/${review}/findings/${finding}/resolution`, { resolution })

/** Takes it up, concludes or closes it. */
export const takeReviewStep = (review: string, step: 'reviewer' | 'conclusion' | 'closure') =>
  change(`${ROOT}/${review}/${step}`, {})
