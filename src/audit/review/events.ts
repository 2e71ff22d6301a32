/** What can have happened to a review of the audit trail. Stream: `audit-review-<uuid>`. */
import { eventTypes, type DomainEvent } from '../../journal/event-type.js'
import type { FindingCode, Resolution, RiskCriterion, Severity } from './codes.js'

/** What is to be reviewed. Times are RFC 3339; `to` is exclusive. */
export interface ReviewPlan {
  /** Random id of the trial; without it, the whole trail. */
  trial?: string
  from: string
  to: string
  criteria: readonly RiskCriterion[]
  /** At most so many entries are drawn for each criterion. */
  perCriterion: number
  /** Counts as late, in days between happening and recording. */
  lateAfterDays: number
  dueAt: string
}

/** An entry to look at, and why. */
export interface SampledEntry {
  position: number
  criteria: readonly RiskCriterion[]
}

export type ReviewPlanned = DomainEvent<'audit-review.planned', ReviewPlan>
/** The reviewer took the review up; the sample was drawn from the entries below this position. `actors`: who acted in it. */
export type ReviewTakenUp = DomainEvent<
  'audit-review.taken-up',
  {
    belowPosition: number
    entries: readonly SampledEntry[]
    /** Criterion → how many entries meet it in all. */
    population: Readonly<Partial<Record<RiskCriterion, number>>>
    actors: readonly string[]
  }
>
/**
 * Which coded twins of the trial the reviewer may read while the review is open. `codes`: those enrolled, in the order drawn, the first
 * `size` of `population` by SHA-256 over the seed and the code; all enrolments below `belowPosition` were known.
 */
export type TwinsSampled = DomainEvent<
  'audit-review.twins-sampled',
  { seed: string; size: number; population: number; belowPosition: number; codes: readonly string[] }
>
export type FindingRecorded = DomainEvent<
  'audit-review.finding-recorded',
  { finding: string; code: FindingCode; severity: Severity; positions: readonly number[] }
>
/** In the reviewer's words; sealed under a key of the review's own. */
export type FindingExplained = DomainEvent<'audit-review.finding-explained', { finding: string; explanation: string }>
export type FindingResolved = DomainEvent<'audit-review.finding-resolved', { finding: string; resolution: Resolution }>
/** The reviewer is done; the revision of this event is what they sign. */
export type ReviewConcluded = DomainEvent<'audit-review.concluded', { examined: number; findings: number }>
/** Rests on the reviewer's signature, and so changes nothing of what was signed. */
export type ReviewClosed = DomainEvent<'audit-review.closed', { signature: string }>

export type ReviewEvent =
  | ReviewPlanned
  | ReviewTakenUp
  | TwinsSampled
  | FindingRecorded
  | FindingExplained
  | FindingResolved
  | ReviewConcluded
  | ReviewClosed

export const REVIEW_EVENT_TYPES = eventTypes<ReviewEvent>({
  'audit-review.planned': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `A review of the audit trail from ${data.from} to ${data.to} was planned (${data.criteria.join(', ')}), due ${data.dueAt}.`
        : 'A review of the audit trail was planned.',
  },
  'audit-review.taken-up': {
    schema: 1,
    sealedUnder: null,
    describe: (data, { actor }) =>
      data
        ? `${actor.role} ${actor.id} took up the review; ${data.entries.length} entries were drawn, of ${data.actors.length} other actor(s).`
        : 'A review of the audit trail was taken up.',
  },
  'audit-review.twins-sampled': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `A random sample of ${data.codes.length} of ${data.population} coded twins was drawn for the review (seed ${data.seed}).`
        : 'A random sample of coded twins was drawn for a review.',
  },
  'audit-review.finding-recorded': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The review found: ${data.code} (${data.severity}), at ${data.positions.join(', ')}.`
        : 'A review of the audit trail found something.',
  },
  'audit-review.finding-explained': {
    schema: 1,
    sealedUnder: 'trial-record',
    describe: () => 'The reviewer explained a finding.',
  },
  'audit-review.finding-resolved': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => (data ? `A finding was resolved: ${data.resolution}.` : 'A finding was resolved.'),
  },
  'audit-review.concluded': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The review was concluded: ${data.examined} entries examined, ${data.findings} finding(s).`
        : 'A review of the audit trail was concluded.',
  },
  'audit-review.closed': {
    schema: 1,
    sealedUnder: null,
    changesRecord: false,
    describe: (data) => (data ? `The review was closed on signature ${data.signature}.` : 'A review was closed.'),
  },
})
