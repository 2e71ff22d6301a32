import type { CancellationReason, QueryReason, QueryStatus } from '../../../src/data-queries/codes.js'
import type { HistoryStep } from './history.js'
import { change, read, readPage } from './http.js'

/** A question about one field of a recorded fact, with its age. */
export interface DataQuery {
  query: string
  twin: string
  fact: string
  field: string
  trial: string | null
  /** The person's in the trial. */
  code: string | null
  site: string
  reason: QueryReason
  status: QueryStatus
  askedBy: string
  raisedAt: string
  ageDays: number
}

export interface DataQueryHistory {
  query: string
  twin: string
  fact: string
  field: string
  site: string
  status: QueryStatus
  history: HistoryStep[]
}

const ROOT = '/api/v1/data-queries'

export const listDataQueries = (status: QueryStatus | undefined, cursor: string | undefined, signal?: AbortSignal) =>
  readPage<DataQuery>(ROOT, 'queries', { status, cursor }, signal)

export const readDataQuery = (query: string, signal?: AbortSignal) =>
  read<DataQueryHistory>(`${ROOT}/${query}`, {}, signal)

/** Asks about one field of a recorded fact; the site answers. */
export const raiseDataQuery = (
  twin: string,
  fact: string,
  asked: { field: string; reason: string; question: string; trial?: string },
) => change<{ query: string }>(`/api/v1/twins/${twin}/facts/${fact}/queries`, asked)

export const answerDataQuery = (query: string, answer: { correction?: string; explanation?: string }) =>
  change(`${ROOT}/${query}/answer`, answer)

export const reQuery = (query: string, question: string) => change(`${ROOT}/${query}/re-query`, { question })

export const closeDataQuery = (query: string) => change(`${ROOT}/${query}/closure`, {})

export const cancelDataQuery = (query: string, reason: CancellationReason) =>
  change(`${ROOT}/${query}/cancellation`, { reason })
