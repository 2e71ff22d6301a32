/**
 * The decision model of data queries: raised on a recorded fact, answered by the site, judged by who asked (ICH E6(R3) 4.2.3). A query
 * changes no data; the correction that answers one is made by the investigator, as any other. Pure.
 */
import type { Decider } from '../journal/decider.js'
import { Conflict, Forbidden, NotFound } from '../platform/errors.js'
import type { QueryStatus } from './codes.js'
import { evolve, NO_QUERY, type DataQueryState } from './data-query-state.js'
import type { DataQueryEvent, QueryRaised } from './events.js'

/** Who acts, and in which role. */
export interface By {
  by: string
  role: string
}

/** A correction or withdrawal of the fact that is asked about. */
export interface Correction {
  /** Event id. */
  event: string
  position: number
}

export type DataQueryCommand =
  | { type: 'raise'; about: QueryRaised['data']; question: string }
  | { type: 'answer'; by: string; correction?: Correction; text?: string }
  | { type: 're-query'; by: string; question: string }
  | { type: 'close'; by: string }
  | ({ type: 'cancel' } & By)

/**
 * What follows from a command.
 *
 * @throws NotFound `data-query-not-found`
 * @throws Conflict `data-query-out-of-order`, `data-query-correction-earlier`
 * @throws Forbidden `data-query-of-another`: only who asked judges the answer; `second-person-required`: nobody answers themselves
 */
export function decide(state: DataQueryState, command: DataQueryCommand): readonly DataQueryEvent[] {
  if (command.type === 'raise') return raise(state, command)
  if (!state.raised) throw new NotFound('data-query-not-found', 'There is no such data query.')
  switch (command.type) {
    case 'answer':
      return answer(state, command)
    case 're-query':
      mustBe(state, 'answered')
      mustHaveAsked(state, command.by)
      return [{ type: 'data-query.re-queried', data: {} }, questionOf(command)]
    case 'close':
      mustBe(state, 'answered')
      mustHaveAsked(state, command.by)
      return [{ type: 'data-query.closed', data: {} }]
    case 'cancel':
      mustBe(state, 'open', 'answered')
      // Who asked may have left; a query that nobody can end would stay open for good.
      if (command.role !== state.asker.role) throw ofAnother('Only those who act as who asked did cancel a query.')
      return [{ type: 'data-query.cancelled', data: {} }]
  }
}

export const dataQueryDecider: Decider<DataQueryState, DataQueryCommand, DataQueryEvent> = {
  initial: NO_QUERY,
  evolve,
  decide,
}

function raise(state: DataQueryState, command: Extract<DataQueryCommand, { type: 'raise' }>): DataQueryEvent[] {
  if (state.raised) return []
  return [{ type: 'data-query.raised', data: command.about }, questionOf(command)]
}

function answer(
  state: DataQueryState,
  { by, correction, text }: Extract<DataQueryCommand, { type: 'answer' }>,
): DataQueryEvent[] {
  mustBe(state, 'open')
  if (state.asker.id === by) throw new Forbidden('second-person-required', 'Nobody answers their own query.')
  if (correction && correction.position < state.askedPosition)
    throw new Conflict('data-query-correction-earlier', 'The correction was made before the question was asked.')
  return [
    { type: 'data-query.answered', data: correction ? { correction: correction.event } : {} },
    ...(text === undefined ? [] : [{ type: 'data-query.answer-recorded', data: { text } } as const]),
  ]
}

const questionOf = ({ question }: { question: string }) =>
  ({ type: 'data-query.question-recorded', data: { text: question } }) as const

function mustBe({ status }: DataQueryState, ...wanted: readonly QueryStatus[]): void {
  if (!wanted.includes(status))
    throw new Conflict('data-query-out-of-order', 'This step does not follow from where the query stands.', { status })
}

function mustHaveAsked({ asker }: DataQueryState, by: string): void {
  if (asker.id !== by) throw ofAnother('Only who asked judges the answer.')
}

const ofAnother = (message: string) => new Forbidden('data-query-of-another', message)
