/** Closed lists of data queries, so that headers and clear payloads carry codes and never what a person typed. */

/** Why a recorded fact is asked about (ICH E6(R3) 4.2.3: data are reviewed, and discrepancies are queried). */
export const QUERY_REASONS = {
  'value-missing': 'A value is missing that should be there.',
  'value-implausible': 'The value is hardly possible.',
  'value-inconsistent': 'The value does not agree with another one on record.',
  'unit-doubtful': 'The unit does not fit the value.',
  'code-doubtful': 'The code does not fit what was recorded.',
  'time-doubtful': 'The date or time does not fit.',
  'duplicate-suspected': 'The same fact seems to be recorded twice.',
  'source-differs': 'The value differs from the source document.',
  'protocol-deviation': 'What is recorded departs from the protocol.',
  'clarification-needed': 'What is recorded can be understood in more than one way.',
} as const
export type QueryReason = keyof typeof QUERY_REASONS
export const QUERY_REASON_CODES = Object.keys(QUERY_REASONS) as QueryReason[]

/** Why a query ends without an answer that settles it. */
export const CANCELLATION_REASONS = {
  'raised-in-error': 'There was nothing to ask.',
  'duplicate-query': 'The same is asked in another query.',
  superseded: 'The fact was replaced meanwhile by new content of its source.',
  'data-erased': 'The data were erased, and nobody can answer any more.',
} as const
export type CancellationReason = keyof typeof CANCELLATION_REASONS
export const CANCELLATION_REASON_CODES = Object.keys(CANCELLATION_REASONS) as CancellationReason[]

/** `open`: the site is to answer; `answered`: who asked is to judge the answer. The other two are the ends. */
export const QUERY_STATUSES = ['open', 'answered', 'closed', 'cancelled'] as const
export type QueryStatus = (typeof QUERY_STATUSES)[number]
