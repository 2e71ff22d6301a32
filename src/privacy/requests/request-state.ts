/** A person's request as it stands, folded from its stream. */
import type { EventMetadata } from '../../journal/decider.js'
import type { Outcome, RefusalGround } from '../codes.js'
import type { RequestDecided, RequestEvent, RequestReceived } from './events.js'

export const requestStream = (request: string): string => `privacy-request-${request}`
export const requestOfStream = (stream: string): string => stream.slice('privacy-request-'.length)

export type RequestStatus = 'received' | 'identified' | 'prepared' | 'held' | 'decided' | 'answered'

export interface RequestState {
  readonly received: (RequestReceived['data'] & { subject: string }) | null
  readonly status: RequestStatus
  readonly dueAt: string
  readonly extended: boolean
  readonly overdue: boolean
  /** Actor id of whoever received and of whoever decided; the same person may do both. */
  readonly decidedBy: string | null
  readonly outcome: Outcome | null
  readonly grounds: readonly RefusalGround[]
  readonly erasure: string | null
  /** Of a decided erasure: whether sponsors were heard. */
  readonly consulted: RequestDecided['data']['consulted']
  /** The erasure whose decision was taken back because the law keeps what it was to erase. */
  readonly withdrawnErasure: string | null
}

export const NO_REQUEST: RequestState = {
  received: null,
  status: 'received',
  dueAt: '',
  extended: false,
  overdue: false,
  decidedBy: null,
  outcome: null,
  grounds: [],
  erasure: null,
  consulted: undefined,
  withdrawnErasure: null,
}

export function evolve(
  state: RequestState,
  { type, data }: RequestEvent,
  { actor, subject }: Pick<EventMetadata, 'actor' | 'subject'>,
): RequestState {
  switch (type) {
    case 'privacy.request-received':
      return { ...state, received: { ...data, subject: subject! }, dueAt: data.dueAt }
    case 'privacy.requester-identified':
      return data.confirmed ? { ...state, status: 'identified' } : state
    case 'privacy.request-extended':
      return { ...state, extended: true, dueAt: data.dueAt }
    case 'privacy.request-prepared':
      return { ...state, status: 'prepared' }
    case 'privacy.request-held':
      return { ...state, status: 'held' }
    case 'privacy.request-reopened':
      return {
        ...state,
        status: 'prepared',
        outcome: null,
        grounds: [],
        erasure: null,
        withdrawnErasure: state.erasure ?? state.withdrawnErasure,
      }
    case 'privacy.request-decided': {
      const { outcome, grounds, erasure = null, consulted } = data
      return { ...state, status: 'decided', outcome, grounds, erasure, consulted, decidedBy: actor.id }
    }
    case 'privacy.request-answered':
      return { ...state, status: 'answered' }
    case 'privacy.request-overdue':
      return { ...state, overdue: true }
    default:
      return state
  }
}
