import { change, read, readFile } from './http.js'

export interface PrivacyRequest {
  request: string
  subject: string
  kind: string
  status: 'received' | 'identified' | 'prepared' | 'held' | 'decided' | 'answered'
  outcome: string | null
  ground: string | null
  receivedAt: string
  dueAt: string
  extended: boolean
  overdue: boolean
  daysLeft: number | null
}

export interface Erasure {
  erasure: string
  request?: string
  status: string
  ground: string
  classes: string[]
  decidedAt: string
  completedAt: string | null
}

export interface RequestHistory {
  request: string
  subject: string
  history: {
    type: string
    recordedAt: string
    position: number
    actor: { role: string }
    data: object | string | null
  }[]
}

/** What a decision sends: see DecideRequestDto of the service. */
export interface Decision {
  outcome: 'granted' | 'partial' | 'refused'
  grounds?: string[]
  erasure?: { ground: string; classes: string[]; retained: { class: string; ground: string }[] }
  explanation?: string
}

const ROOT = '/api/v1/privacy'

export const listRequests = (cursor: string | undefined, signal?: AbortSignal) =>
  read<{ items: PrivacyRequest[]; next?: string }>(`${ROOT}/requests`, { cursor }, signal)

export const readRequest = (request: string, signal?: AbortSignal) =>
  read<RequestHistory>(`${ROOT}/requests/${request}`, {}, signal)

export const listErasures = (signal?: AbortSignal) => read<{ items: Erasure[] }>(`${ROOT}/erasures`, {}, signal)

export const decideRequest = (request: string, decision: Decision) =>
  change(`${ROOT}/requests/${request}/decision`, decision)

/** A step that needs no more than to be taken, such as `preparation`. */
export const takeStep = (request: string, step: string, body: object = {}) =>
  change(`${ROOT}/requests/${request}/${step}`, body)

/** Confirms or executes an erasure. */
export const actOnErasure = (erasure: string, act: 'confirmation' | 'execution') =>
  change(`${ROOT}/erasures/${erasure}/${act}`, {})

export const readCertificate = (erasure: string) => readFile(`${ROOT}/erasures/${erasure}/certificate.html`)
