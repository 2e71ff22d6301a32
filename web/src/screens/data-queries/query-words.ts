import {
  CANCELLATION_REASONS,
  QUERY_REASONS,
  type CancellationReason,
  type QueryReason,
  type QueryStatus,
} from '../../../../src/data-queries/codes.js'
import type { Tone } from '../../components/badge.js'

export const reasonText = (reason: string): string =>
  QUERY_REASONS[reason as QueryReason] ?? CANCELLATION_REASONS[reason as CancellationReason] ?? reason

export const QUERY_REASON_OPTIONS = Object.entries(QUERY_REASONS)
export const CANCELLATIONS = Object.entries(CANCELLATION_REASONS)

export const STATUS_WORDS: Record<QueryStatus, { tone: Tone; text: string }> = {
  open: { tone: 'caution', text: 'waits for the site' },
  answered: { tone: 'neutral', text: 'answered' },
  closed: { tone: 'good', text: 'closed' },
  cancelled: { tone: 'neutral', text: 'cancelled' },
}
