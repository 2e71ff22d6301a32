import type { ConsentMethod, ConsentParty, DataCategory, Purpose } from '../../../src/consents/codes.js'
import type { DuoCode } from '../../../src/consents/duo.js'
import { change, read, readFile } from './http.js'
import type { Actor } from './twins.js'

export interface ConsentScope {
  purposes: Purpose[]
  duo: DuoCode[]
  diseases?: string[]
  modelClasses: string[] | 'any'
  trials?: string[]
  dataCategories: DataCategory[] | 'any'
  controller: string
}

export interface Notice {
  id: string
  version: string
  language: string
}

export interface Consent {
  consent: string
  status: 'requested' | 'given' | 'refused' | 'withdrawn' | 'expired'
  scope: ConsentScope
  /** `sha256`: of its text; null for what was recorded before texts were kept. */
  notice: Notice & { sha256: string | null }
  method?: ConsentMethod
  by?: ConsentParty
  requestedAt?: string
  givenAt?: string
  expiresAt?: string
  endedAt?: string
}

export interface ConsentStep {
  eventId: string
  type: string
  revision: number
  position: number
  recordedAt: string
  actor: Actor
  reason?: string
  description: string
}

export interface ConsentUse {
  use: string
  outcome: 'authorised' | 'refused'
  consent: string | null
  /** The data permit that it rests on instead. */
  permit: string | null
  purpose: Purpose
  model: string | null
  trial: string | null
  codes: string[]
  /** What asked, such as a run. */
  reference: string | null
  actor: string
  actorRole: string
  actorOrg: string | null
  position: number
  recordedAt: string
}

export interface Expression {
  method: ConsentMethod
  by: ConsentParty
  comment?: string
}

const at = (subject: string) => `/api/v1/subjects/${subject}/consents`

export const readConsents = (subject: string, signal?: AbortSignal) =>
  read<{ subject: string; revision: number; consents: Consent[] }>(at(subject), {}, signal)

export const readConsentHistory = (subject: string, signal?: AbortSignal) =>
  read<ConsentStep[]>(`${at(subject)}/history`, {}, signal)

export const readConsentUses = (subject: string, cursor: string | undefined, signal?: AbortSignal) =>
  read<{ uses: ConsentUse[]; next?: string }>(`${at(subject)}/uses`, { cursor }, signal)

/** To print. That it was taken is recorded. */
export const readReceipt = (subject: string, consent: string) => readFile(`${at(subject)}/${consent}/receipt.html`)

export const giveConsent = (subject: string, body: Expression & { scope: ConsentScope; notice: Notice }) =>
  change(at(subject), body)

export const answerRequest = (subject: string, consent: string, body: Expression) =>
  change(`${at(subject)}/${consent}/gift`, body)

export const refuseRequest = (subject: string, consent: string, body: Expression) =>
  change(`${at(subject)}/${consent}/refusal`, body)

export const withdrawConsent = (subject: string, consent: string, body: Expression & { reason?: string }) =>
  change(`${at(subject)}/${consent}/withdrawal`, body)
