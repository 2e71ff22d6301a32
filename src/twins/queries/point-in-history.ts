import type { HistoryPoint } from '../../journal/journal.js'
import { InvalidRequest } from '../../platform/errors.js'

/** Up to and with a revision, or as recorded at a time (RFC 3339); neither means now. */
export interface PointInHistory {
  revision?: number
  asOf?: string
  /** Beside a revision or a time: only what the log held before this position. */
  below?: number
}

/** RFC 3339 with a time zone: without one nobody can tell which moment is meant. */
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i

/**
 * The point as the journal takes it, with the time in UTC and milliseconds as events carry it.
 *
 * @throws InvalidRequest `point-invalid`: both are given, or one of them is not what it should be
 */
export function historyPoint({ below, ...point }: PointInHistory): HistoryPoint {
  return { ...moment(point), ...(below !== undefined && { below }) }
}

function moment({ revision, asOf }: Omit<PointInHistory, 'below'>): HistoryPoint {
  if (revision !== undefined && asOf !== undefined) throw invalid('Give a revision or a time, not both.')
  if (revision !== undefined) {
    if (!Number.isSafeInteger(revision) || revision < 0) throw invalid('A revision is a whole number from 0 on.')
    return { toRevision: revision }
  }
  if (asOf === undefined) return {}
  const time = TIMESTAMP.test(asOf) ? Date.parse(asOf) : Number.NaN
  if (Number.isNaN(time)) throw invalid('A time is written as in RFC 3339, e.g. 2026-03-01T12:00:00Z.')
  return { asOf: new Date(time).toISOString() }
}

/** A point written as `12` (revision) or `2026-03-01T12:00:00Z` (time). */
export function pointFrom(text: string): PointInHistory {
  return /^\d{1,9}$/.test(text) ? { revision: Number(text) } : { asOf: text }
}

function invalid(message: string): InvalidRequest {
  return new InvalidRequest('point-invalid', message)
}
