/**
 * What can have happened to a data query: a question about one recorded fact, and what came of it. Stream: `data-query-<uuid>`;
 * person and trial stand in every header, the reason as a code with them. What was typed is sealed under the person's key.
 */
import { eventTypes, type DomainEvent } from '../journal/event-type.js'
import type { FactField } from '../twins/queries/find-fact.js'

/** `fact`: id of the event whose version of the fact is asked about; `site`: who is asked. No position: it would link trials. */
export type QueryRaised = DomainEvent<
  'data-query.raised',
  { twin: string; fact: string; field: FactField; site: string }
>
/** What is asked, in words; said again with each re-query. */
export type QuestionRecorded = DomainEvent<'data-query.question-recorded', { text: string }>
/** `correction`: id of the event that corrected or withdrew the fact; without it, the fact stands as it is explained. */
export type QueryAnswered = DomainEvent<'data-query.answered', { correction?: string }>
export type AnswerRecorded = DomainEvent<'data-query.answer-recorded', { text: string }>
/** Who asked is not satisfied: the query is open again. */
export type QueryReraised = DomainEvent<'data-query.re-queried', Record<string, never>>
export type QueryClosed = DomainEvent<'data-query.closed', Record<string, never>>
export type QueryCancelled = DomainEvent<'data-query.cancelled', Record<string, never>>

export type DataQueryEvent =
  QueryRaised | QuestionRecorded | QueryAnswered | AnswerRecorded | QueryReraised | QueryClosed | QueryCancelled

/** How each is sealed and read aloud. */
export const DATA_QUERY_EVENT_TYPES = eventTypes<DataQueryEvent>({
  'data-query.raised': {
    schema: 1,
    sealedUnder: null,
    describe: (data, { reason }) =>
      data
        ? `A data query was raised on the ${data.field} of a recorded fact (${reason}); site ${data.site} is asked.`
        : `A data query was raised on a recorded fact (${reason}).`,
  },
  'data-query.question-recorded': {
    schema: 1,
    sealedUnder: 'trial-record',
    describe: () => 'What a data query asks was recorded.',
  },
  'data-query.answered': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The data query was answered: ${data.correction === undefined ? 'the fact stands, with an explanation' : 'the fact was corrected'}.`
        : 'The data query was answered.',
  },
  'data-query.answer-recorded': {
    schema: 1,
    sealedUnder: 'trial-record',
    describe: () => 'The answer to a data query was recorded in words.',
  },
  'data-query.re-queried': {
    schema: 1,
    sealedUnder: null,
    describe: () => 'The answer did not settle the data query: it was asked again.',
  },
  'data-query.closed': { schema: 1, sealedUnder: null, describe: () => 'The data query was closed.' },
  'data-query.cancelled': {
    schema: 1,
    sealedUnder: null,
    describe: (_data, { reason }) => `The data query was cancelled (${reason}).`,
  },
})
