import type { Card } from './deck.js'
import { type Day, yearsBefore } from './calendar.js'
import type { Random } from './random.js'

/** One attendance at the clinic: vital signs and blood are taken on the same morning. */
export interface Visit {
  day: Day
  /** Local time of day, minutes after midnight. */
  minute: number
}

const MOST_VISITS = 8

/** One to eight years of follow-up, oldest first; the last visit lies in the four months before the reference date. */
export function scheduleVisits(random: Random, card: Card, reference: Day): Visit[] {
  // Results of the stale patient must have had the time to become five years old.
  const years = card.defect === 'labs-stale' ? random.between(7, 8) : random.between(1, 8)
  const count = Math.min(MOST_VISITS, 2 + Math.round(years * random.between(0.6, 1)))
  const last = reference - random.integer(4, 120)
  const first = Math.min(yearsBefore(reference, years), last - 180)
  const gap = (last - first) / (count - 1)
  return Array.from({ length: count }, (_, index) => ({
    day: Math.round(first + gap * index + (isInner(index, count) ? random.between(-0.3, 0.3) * gap : 0)),
    minute: random.integer(7 * 60 + 30, 15 * 60),
  }))
}

const isInner = (index: number, count: number): boolean => index > 0 && index < count - 1
