/** A data query as it stands, folded from its stream. */
import type { EventMetadata } from '../journal/decider.js'
import type { QueryStatus } from './codes.js'
import type { DataQueryEvent, QueryRaised } from './events.js'

export const dataQueryStream = (query: string): string => `data-query-${query}`
export const dataQueryOfStream = (stream: string): string => stream.slice('data-query-'.length)

export interface DataQueryState {
  readonly raised: (QueryRaised['data'] & { subject: string; trial?: string }) | null
  readonly status: QueryStatus
  /** Actor id and role of who asked. */
  readonly asker: { id: string; role: string }
  /** Position of the last question: what was corrected before it answers nothing. */
  readonly askedPosition: number
}

export const NO_QUERY: DataQueryState = { raised: null, status: 'open', asker: { id: '', role: '' }, askedPosition: -1 }

export function evolve(
  state: DataQueryState,
  { type, data }: DataQueryEvent,
  { actor, subject, trial, position }: EventMetadata,
): DataQueryState {
  switch (type) {
    case 'data-query.raised': {
      const raised = { ...data, subject: subject!, ...(trial !== undefined && { trial }) }
      return { raised, status: 'open', asker: { id: actor.id, role: actor.role }, askedPosition: position }
    }
    case 'data-query.answered':
      return { ...state, status: 'answered' }
    case 'data-query.re-queried':
      return { ...state, status: 'open', askedPosition: position }
    case 'data-query.closed':
      return { ...state, status: 'closed' }
    case 'data-query.cancelled':
      return { ...state, status: 'cancelled' }
    default:
      return state
  }
}
