import type { RunLine } from './simulations.js'
import { change, read, readPage } from './http.js'

export type CohortStatus = 'running' | 'cancelling' | 'cancelled' | 'finished'

/** One model on many twins. */
export interface CohortLine {
  cohort: string
  status: CohortStatus
  model: string
  version: string
  purpose: string
  trial: string | null
  /** Twins. */
  size: number
  completed: number
  refused: number
  failed: number
  replays: number
  replaysDiffering: number
  requestedAt: string
  endedAt: string | null
}

/** Runs by where they stand; together they are `size`. */
export interface CohortProgress {
  requested: number
  completed: number
  refused: number
  failed: number
  cancelled: number
  /** Cancelled before they were begun. */
  notRun: number
  /** Not begun because the person had opted out from secondary use by then. */
  optedOut: number
  /** Neither begun nor given up. */
  waiting: number
}

export interface Cohort extends Omit<CohortLine, 'completed' | 'refused' | 'failed'> {
  progress: CohortProgress
  /** Of those whose run completed, how many have opted out since; for readers who are told. */
  optedOutSince?: number
}

export interface CohortOrder {
  model: string
  purpose: string
  commercial: boolean
  trial?: string
  /** Either the twins, or what they have in common. */
  twins?: string[]
  filter?: { enrolledIn?: string; owner?: string; source?: string }
}

const ROOT = '/api/v1/cohorts'

export const listCohorts = (cursor: string | undefined, signal?: AbortSignal) =>
  readPage<CohortLine>(ROOT, 'cohorts', { cursor }, signal)

export const readCohort = (cohort: string, signal?: AbortSignal) => read<Cohort>(`${ROOT}/${cohort}`, {}, signal)

export const listCohortRuns = (cohort: string, cursor: string | undefined, signal?: AbortSignal) =>
  readPage<RunLine>(`${ROOT}/${cohort}/runs`, 'runs', { cursor }, signal)

export const requestCohort = (order: CohortOrder) => change<{ cohort: string }>(ROOT, order)

export const cancelCohort = (cohort: string) => change(`${ROOT}/${cohort}/cancel`, {})

/** Computes all completed runs again, on the queue that ran them. */
export const replayCohort = (cohort: string) => change(`${ROOT}/${cohort}/replays`, {})
