import type { HoldGround, HoldRefusal, HoldRequester } from '../../../src/privacy/codes.js'
import { change, read, type Listed } from './http.js'

export interface Period {
  recordClass: string
  title: string
  minimumYears: number
  years: number
  keyClasses: string[]
  source: string
  /** What the period is counted from, in words. */
  clock: string
}

export interface RetentionCase {
  case: string
  subject: string
  keyClass: string
  recordClasses: string[]
  status: 'held' | 'open' | 'decided'
  until: string
  holds: string[]
  erasure: string | null
  position: number
}

export interface Hold {
  hold: string
  subject: string
  status: 'requested' | 'refused' | 'placed' | 'approved' | 'rejected' | 'lifted'
  requestedBy: HoldRequester
  ground: HoldGround
  refusal: HoldRefusal | null
  placedAt: string | null
  liftingRequestedAt: string | null
  endedAt: string | null
  position: number
}

/** A hold that the caller asked for. */
export type AskedHold = Pick<Hold, 'hold' | 'status' | 'ground' | 'refusal'> & { requestedAt: string }

const HOLDS = '/api/v1/privacy/holds'
const ASKED = '/api/v1/privacy/hold-requests'
const ROOT = '/api/v1/retention'

export const readSchedule = (signal?: AbortSignal) => read<Period[]>(`${ROOT}/schedule`, {}, signal)

export const setPeriod = (recordClass: string, period: { years: number; reason: string }) =>
  change(`${ROOT}/schedule/${recordClass}`, period, { method: 'PUT' })

export const listCases = (status: string | undefined, cursor: string | undefined, signal?: AbortSignal) =>
  read<Listed<RetentionCase>>(`${ROOT}/cases`, { status, cursor }, signal)

export const lookForDue = () => change<{ opened: number; heldBack: number }>(`${ROOT}/review`, {})

export const decideExpired = (subject: string, retained: { class: string; ground: string }[]) =>
  change<{ erasure: string }>(`${ROOT}/subjects/${subject}/decision`, { retained })

export const listHolds = (cursor: string | undefined, signal?: AbortSignal) =>
  read<Listed<Hold>>(HOLDS, { cursor }, signal)

/** The newest 500 that have not ended. */
export const listHoldsInForce = (signal?: AbortSignal) =>
  read<Listed<Hold>>(HOLDS, { inForce: true, limit: 500 }, signal)

export const placeHold = (hold: { subject: string; requestedBy: string; ground: string }) => change(HOLDS, hold)

export const judgeHold = (hold: string, approved: boolean) => change(`${HOLDS}/${hold}/judgement`, { approved })

export const liftHold = (hold: string) => change(`${HOLDS}/${hold}/lifting`, {})

/** Agrees to lift an approved hold, or leaves it in force. */
export const judgeLifting = (hold: string, approved: boolean) =>
  change(`${HOLDS}/${hold}/lifting/judgement`, { approved })

/** Places a hold that was asked for, or refuses it with a reason. */
export const decideHoldRequest = (hold: string, refusal: string | undefined) =>
  change(`${HOLDS}/${hold}/decision`, refusal === undefined ? {} : { refusal })

export const listAskedHolds = (cursor: string | undefined, signal?: AbortSignal) =>
  read<Listed<AskedHold>>(ASKED, { cursor }, signal)

export const askForHold = (request: object) => change(ASKED, request)
