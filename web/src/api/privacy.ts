import type { ExtensionReason, IdentityMethod, Outcome, RequestKind } from '../../../src/privacy/codes.js'
import type { ConsultationPosition } from '../../../src/privacy/consultations/events.js'
import type { ErasureStatus } from '../../../src/privacy/forgetting/forgetting-state.js'
import type { RequestEvent } from '../../../src/privacy/requests/events.js'
import {
  evolve,
  NO_REQUEST,
  type RequestState,
  type RequestStatus,
} from '../../../src/privacy/requests/request-state.js'
import type { KeyClass } from '../../../src/vault/key-class.js'
import type { HistoryStep } from './history.js'
import { change, read, readFile, type Listed } from './http.js'

export interface PrivacyRequest {
  request: string
  subject: string
  kind: RequestKind
  status: RequestStatus
  outcome: Outcome | null
  receivedAt: string
  dueAt: string
  extended: boolean
  overdue: boolean
  daysLeft: number | null
}

export interface Erasure {
  erasure: string
  status: ErasureStatus
  classes: KeyClass[]
  decidedAt: string
}

export interface RequestHistory {
  request: string
  subject: string
  /** Sponsors of the person's trials who were asked about an erasure. */
  consultations: Consultation[]
  history: HistoryStep[]
}

/** Trial and words are for those who may see them. */
export interface Consultation {
  consultation: string
  trial?: string
  dueAt: string
  position: ConsultationPosition | null
  statement?: string | null
}

/** What a decision sends: see DecideRequestDto of the service. */
export interface Decision {
  outcome: Outcome
  grounds?: string[]
  erasure?: { ground: string; classes: string[]; retained: { class: string; ground: string }[] }
  explanation?: string
}

const ROOT = '/api/v1/privacy'

export const listRequests = (cursor: string | undefined, signal?: AbortSignal) =>
  read<Listed<PrivacyRequest>>(`${ROOT}/requests`, { cursor }, signal)

/** The newest of those that stand so, and whether there are more. */
export const findRequests = (standing: { status: RequestStatus } | { answered: boolean }, signal?: AbortSignal) =>
  read<Listed<PrivacyRequest>>(`${ROOT}/requests`, standing, signal)

/** What filing a request sends: see ReceiveRequestDto of the service. */
export interface FiledRequest {
  subject: string
  kind: string
  channel: string
  /** RFC 3339; default now. */
  receivedAt?: string
  purposes?: string[]
  run?: string
  decision?: string
  statement?: string
}

export const fileRequest = (filed: FiledRequest) => change<{ request: string }>(`${ROOT}/requests`, filed)

export const readRequest = (request: string, signal?: AbortSignal) =>
  read<RequestHistory>(`${ROOT}/requests/${request}`, {}, signal)

/** Where a request stands: its steps folded by the service's own rule. */
export function standingOf({ subject, history }: RequestHistory): RequestState {
  return history.reduce((state, { type, data, actor }) => {
    // Readers of codes are not told who acted, only in which role.
    return evolve(state, { type, data } as RequestEvent, { actor: { id: '', role: actor.role }, subject })
  }, NO_REQUEST)
}

export const listErasures = (cursor: string | undefined, signal?: AbortSignal) =>
  read<Listed<Erasure>>(`${ROOT}/erasures`, { cursor }, signal)

/** The newest of those that stand so, and whether there are more. */
export const findErasures = (status: ErasureStatus, signal?: AbortSignal) =>
  read<Listed<Erasure>>(`${ROOT}/erasures`, { status }, signal)

export const decideRequest = (request: string, decision: Decision) =>
  change(`${ROOT}/requests/${request}/decision`, decision)

export const checkIdentity = (request: string, check: { method: IdentityMethod; confirmed: boolean }) =>
  change(`${ROOT}/requests/${request}/identity-check`, check)

export const extendRequest = (request: string, reason: ExtensionReason) =>
  change(`${ROOT}/requests/${request}/extension`, { reason })

export const prepareDecision = (request: string) => change(`${ROOT}/requests/${request}/preparation`, {})

export const recordAnswer = (request: string, channel: string) =>
  change(`${ROOT}/requests/${request}/answer`, { channel })

/** The copy that was granted: an archive of all data, or the portable part. @throws ApiProblem */
export const takeCopy = (request: string) => readFile(`${ROOT}/requests/${request}/copy`)

/** Confirms or executes an erasure. */
export const actOnErasure = (erasure: string, act: 'confirmation' | 'execution') =>
  change(`${ROOT}/erasures/${erasure}/${act}`, {})

export const readCertificate = (erasure: string) => readFile(`${ROOT}/erasures/${erasure}/certificate.html`)
