import type { ClinicalFact, ContactDetails, Demographics, FactKind, Identifier } from '../../../src/twins/facts.js'
import type { CorrectionReason } from '../../../src/twins/reason-codes.js'
import { read } from './http.js'

export type { ClinicalFact, FactKind } from '../../../src/twins/facts.js'
export type TwinStatus = 'active' | 'withdrawn' | 'merged'

/** `full` shows who it is, to those allowed. */
export type Detail = 'coded' | 'full'

export interface TwinLine {
  twin: string
  subject: string
  status: TwinStatus
  controller: string
  owner: string
  source: string
  survivor: string | null
  /** These three are the same in every trial, and withheld from who knows the twin by a name of one. */
  revision?: number
  facts?: number
  corrections?: number
  openFindings: number
  openErrors: number
  registeredAt: string
  lastRecordedAt: string
}

export interface Actor {
  id: string
  role: string
  org?: string
}

/** Where, when and by whom something was recorded. */
export interface Recorded {
  id: string
  twin: string
  revision: number
  position: number
  recordedAt: string
  actor: Actor
  reason?: CorrectionReason | string
}

/** One version of a fact; a correction adds one and the earlier stays. */
export interface FactRecord extends Recorded {
  kind: FactKind | null
  value: ClinicalFact | null
  /** There was a value, and nobody can read it any more. */
  erased?: true
  status: 'current' | 'corrected' | 'withdrawn'
  corrects?: string
  correctedBy?: string
  explanation?: string
  withdrawal?: Recorded & { explanation: string }
}

export interface Finding extends Recorded {
  value: {
    dimension: string
    severity: 'error' | 'warning' | 'information'
    rule: string
    target?: string
    code?: string
  } | null
  erased?: true
  meaning?: string
  resolvedAt?: string
}

type Opened<Value> = Recorded & { value: Value | null; erased?: true }

export interface Person {
  demographics: Opened<Demographics>[]
  contact: Opened<ContactDetails>[]
  identifiers: Opened<Identifier>[]
}

export interface Twin {
  twin: string
  subject: string
  status: TwinStatus
  custody: { controller: string; owner: string } | null
  source: string | null
  survivor: string | null
  absorbed: { merged: string; revision: number }[]
  /** Both withheld from who knows the twin by a name of a trial. */
  revision?: number
  position?: number
  registeredAt: string | null
  lastRecordedAt: string | null
  detail: Detail
  /** What is left out at this detail, whether or not there is any of it. */
  withheld: ('person' | 'source-ids' | 'free-text')[]
  person?: Person
  facts: FactRecord[]
  findings: Finding[]
}

export interface FactChange {
  from?: string
  to?: string
  before: ClinicalFact | null
  after: ClinicalFact | null
  /** Sides whose value nobody can read any more. */
  erased?: ('before' | 'after')[]
  by: Pick<Recorded, 'id' | 'recordedAt' | 'position' | 'actor' | 'reason'>
  explanation?: string
}

export interface TwinDiff {
  /** Revisions are withheld from who knows the twin by a name of a trial. */
  from: { revision?: number; recordedAt: string | null }
  to: { revision?: number; recordedAt: string | null }
  status?: { before: string; after: string }
  custody?: { before: Twin['custody']; after: Twin['custody'] }
  facts: { added: FactChange[]; changed: FactChange[]; withdrawn: FactChange[] }
  findings: { raised: Finding[]; resolved: Finding[] }
}

export interface TwinCount {
  twins: number
  active: number
  withdrawn: number
  merged: number
  facts?: number
  openFindings: number
}

export interface TwinFilter {
  status?: string
  source?: string
  withFindings?: boolean
  cursor?: string
}

export const listTwins = (filter: TwinFilter, signal?: AbortSignal) =>
  read<{ twins: TwinLine[]; next?: string }>('/api/v1/twins', { ...filter }, signal)

export const countTwins = (signal?: AbortSignal) => read<TwinCount>('/api/v1/twins/count', {}, signal)

/** A revision or an RFC 3339 time; neither means now. */
export interface Point {
  revision?: string
  asOf?: string
}

export const readTwin = (twin: string, detail: Detail, point: Point, signal?: AbortSignal) =>
  read<Twin>(`/api/v1/twins/${twin}`, { detail, ...point }, signal)

export const readFindings = (twin: string, which: 'open' | 'all', signal?: AbortSignal) =>
  read<Finding[]>(`/api/v1/twins/${twin}/findings`, { which }, signal)

export const compareTwin = (twin: string, detail: Detail, from: string, to: string | undefined, signal?: AbortSignal) =>
  read<TwinDiff>(`/api/v1/twins/${twin}/diff`, { from, to, detail }, signal)
