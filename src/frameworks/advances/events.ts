/**
 * What can have happened to an entry of the overview of advances. Stream: `advance-<uuid>`, the uuid derived from the entry's
 * id. About published methods, not about persons, and therefore in the clear.
 */
import { eventTypes, type DomainEvent } from '../../journal/event-type.js'
import type { AdvanceArea } from './areas.js'

/** High: held against the source, its abstract at least. Medium: at second hand. Low: from memory. */
export const CONFIDENCES = ['H', 'M', 'L'] as const
export type Confidence = (typeof CONFIDENCES)[number]

export interface AdvanceSource {
  citation: string
  /** One of the two is given. */
  doi?: string
  url?: string
}

/** A method of digital twins in healthcare, with its source. */
export interface AdvanceEntry {
  /** A short name in kebab-case. */
  id: string
  title: string
  area: AdvanceArea
  method: string
  source: AdvanceSource
  /** A year, a month or a day: `2025`, `2025-05`, `2025-05-16`. */
  published: string
  /** What it changes for whoever simulates people. */
  changes: string
  alternatives: readonly string[]
  /** Ids of our models that stand on it or are touched by it. */
  models: readonly string[]
  confidence: Confidence
  /** `YYYY-MM-DD`: when somebody last held the entry against its source. */
  lastChecked: string
}

/** The day on which the reviewer held the entry against its source becomes its `lastChecked`. */
export interface AdvanceReview {
  outcome: 'accepted' | 'returned'
  checkedOn: string
  remark: string
}

/** Proposed for the first time, or again with changes: it is reviewed again. */
export type AdvanceProposed = DomainEvent<'advance.proposed', AdvanceEntry>
export type AdvanceReviewed = DomainEvent<'advance.reviewed', AdvanceReview>
export type AdvanceSuperseded = DomainEvent<'advance.superseded', { by: string }>

export type AdvanceEvent = AdvanceProposed | AdvanceReviewed | AdvanceSuperseded

/** How each is read aloud. */
export const ADVANCE_EVENT_TYPES = eventTypes<AdvanceEvent>({
  'advance.proposed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `An advance was proposed for the overview: ${data.title} (${data.published}).`
        : 'An advance was proposed.',
  },
  'advance.reviewed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The advance was held against its source on ${data.checkedOn} and ${data.outcome}.`
        : 'The advance was reviewed.',
  },
  'advance.superseded': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => (data ? `The advance was superseded by ${data.by}.` : 'The advance was superseded.'),
  },
})
