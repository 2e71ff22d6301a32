import type { ClosingReason } from '../../../src/trials/reason-codes.js'
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
  plans: { plan: string; version: string; frozen?: { at: string; afterUnblinding: boolean } }[]
  lockedBelow: number | null
  unblinded: { at: string; openTo: string[] } | null
}

export const readRandomisation = (trial: string, signal?: AbortSignal) =>
  read<Randomisation>(`/api/v1/trials/${trial}/randomisation`, {}, signal)
