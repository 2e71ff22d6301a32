import type { UnblindingReason } from '../../../src/randomisation/reason-codes.js'
import type { ClosingReason, WithdrawalReason } from '../../../src/trials/reason-codes.js'
import type { EmergencyFinding } from './emergencies.js'
import { change, read, readPage } from './http.js'

export interface TrialLine {
  trial: string
  code: string
  title: string
  sponsor: string
  protocolId: string
  protocolVersion: string
  phase: string | null
  status: 'open' | 'closed'
  enrolled: number
  withdrawn: number
  registeredAt: string
}

export interface Trial {
  trial: string
  code: string
  title: string
  sponsor: string
  protocol: { id: string; version: string }
  phase?: string | null
  status: 'open' | 'closed'
  revision: number
  sites: { site: string; country: string; status: 'open' | 'closed' }[]
  enrolled: number
  withdrawn: number
}

export interface Enrolment {
  code: string
  site: string
  status: 'enrolled' | 'withdrawn'
  enrolledAt: string
  withdrawnAt: string | null
  withdrawalReason: string | null
  position: number
}

export const listTrials = (cursor: string | undefined, signal?: AbortSignal) =>
  readPage<TrialLine>('/api/v1/trials', 'trials', { cursor }, signal)

export const readTrial = (trial: string, signal?: AbortSignal) => read<Trial>(`/api/v1/trials/${trial}`, {}, signal)

export const readEnrolments = (trial: string, cursor: string | undefined, signal?: AbortSignal) =>
  readPage<Enrolment>(`/api/v1/trials/${trial}/enrolments`, 'enrolments', { cursor }, signal)

/** @param revision of the trial as it was read */
export const closeTrial = (trial: string, reason: ClosingReason, revision: number) =>
  change(`/api/v1/trials/${trial}/closure`, { reason }, { revision })

/** @param revision of the trial as it was read */
export const closeSite = (trial: string, site: string, revision: number) =>
  change(`/api/v1/trials/${trial}/sites/${encodeURIComponent(site)}/closure`, {}, { revision })

/** Enrols a person with a twin at the site. @returns the code, which no other answer ties to the person */
export const enrolPerson = (trial: string, subject: string, site: string) =>
  change<{ code: string }>(`/api/v1/trials/${trial}/enrolments`, { subject, site })

export const withdrawEnrolled = (trial: string, code: string, reason: WithdrawalReason) =>
  change(`/api/v1/trials/${trial}/enrolments/${code}/withdrawal`, { reason })

export const openSite = (trial: string, opened: { site: string; country: string }, revision: number) =>
  change(`/api/v1/trials/${trial}/sites`, opened, { revision })

/** What registering a trial sends: see RegisterTrialDto of the service. */
export interface TrialDescription {
  code: string
  title: string
  sponsor: string
  protocol: { id: string; version: string }
  phase?: string
}

export const registerTrial = (description: TrialDescription) => change<{ trial: string }>('/api/v1/trials', description)

/** Draws the next place of the sealed list for a participant. */
export const randomise = (trial: string, code: string) =>
  change<{ number: string }>(`/api/v1/trials/${trial}/enrolments/${code}/allocation`, {})

/** Opens one arm to whoever asks, in an emergency. */
export const openArm = (trial: string, code: string, asked: { reason: UnblindingReason; explanation: string }) =>
  change<{ unblinding: string; arm: string }>(`/api/v1/trials/${trial}/enrolments/${code}/unblinding`, asked)

/** An emergency unblinding that nobody has reviewed. */
export interface UnreviewedUnblinding {
  unblinding: string
  trial: string
  code: string
  actor: string
  openedAt: string
  reviewDue: string
  overdue: boolean
}

export const listUnreviewedUnblindings = (cursor: string | undefined, signal?: AbortSignal) =>
  readPage<UnreviewedUnblinding>('/api/v1/unblindings', 'unblindings', { cursor }, signal)

export const reviewUnblinding = (trial: string, unblinding: string, finding: EmergencyFinding) =>
  change(`/api/v1/trials/${trial}/unblindings/${unblinding}/review`, { finding })

/** The arms of a trial as everybody who reads the trial may know them: nothing by arm. */
export interface Randomisation {
  design: {
    arms: { arm: string; name: string; share: number }[]
    blinded: string[]
    stratifiedBy: 'none' | 'site'
  } | null
  randomised: number
  strata: { stratum: string; places: number; taken: number }[]
  emergencies: number
  plans: {
    plan: string
    version: string
    frozen?: { at: string; afterUnblinding: boolean }
    /** Persons in the trial, and how many of them the score was fitted on. */
    training?: { participants: number; overlap: number }
  }[]
  lockedBelow: number | null
  unblinded: { at: string; openTo: string[] } | null
  unblindingRequests: { request: string; stream: string; requestedAt: string; openTo: string[]; reason: string }[]
}

export const readRandomisation = (trial: string, signal?: AbortSignal) =>
  read<Randomisation>(`/api/v1/trials/${trial}/randomisation`, {}, signal)
