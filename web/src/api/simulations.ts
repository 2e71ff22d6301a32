import { change, read } from './http.js'
import type { Signature } from './signatures.js'
import type { Actor } from './twins.js'

export type RunStatus = 'requested' | 'completed' | 'refused' | 'failed' | 'cancelled'

export interface RunLine {
  run: string
  status: RunStatus
  model: string
  version: string
  twin: string
  /** Withheld from who knows the twin by a name of a trial. */
  twinRevision?: number
  trial: string | null
  purpose: string
  /** What a result may be used for. */
  stamp: 'decision' | 'exploratory'
  /** Why it was refused or failed, as `<input>:<code>` or `<code>`. */
  codes: string[]
  replays: number
  replaysDiffering: number
  requestedAt: string
}

export interface InputSource {
  eventId: string
  code?: string
  value?: number | string
  unit?: string
  observedAt?: string
}

export interface ChosenInput {
  input: string
  value: number | string | boolean
  unit?: string
  basis: 'recorded' | 'derived' | 'not-in-record' | 'fixed' | 'stated'
  by?: string
  sources: InputSource[]
}

export interface Exclusion {
  input: string
  eventId: string
  code: string
  rule?: string
}

export interface InputReason {
  input: string
  code: string
  limit?: string
}

export interface RunStep {
  eventId: string
  type: string
  recordedAt: string
  position: number
  actor: Actor
  data: Record<string, unknown> | null
}

export interface Run {
  run: string
  subject: string
  trial?: string
  status: RunStatus
  request: {
    model: string
    version: string
    codeDigest: string
    coefficientDigest: string
    mapping: string
    twin: string
    /** Withheld from who knows the twin by a name of a trial. */
    twinRevision?: number
    purpose: string
    parameters: { day: string }
    seed: string | null
    runtime: { node: string; v8: string; platform: string; arch: string; selfTest: { version: number; sha256: string } }
  } | null
  /** Null when the run has none, or when its values were erased. */
  result: { inputs: ChosenInput[]; excluded: Exclusion[]; outputs: object; outputDigest: string } | null
  steps: RunStep[]
  signatures: Signature[]
  position: number
  /** The person has opted out from secondary use since then. */
  optedOutSince?: string
}

export interface Replay {
  equal: boolean
  firstDifference?: string
  codeChanged: boolean
}

export interface ModelReadiness {
  model: string
  version: string
  ready: boolean
  reasons: InputReason[]
  excluded: Exclusion[]
}

export interface OutputSpecification {
  /** Members of a nested result are joined by dots. */
  name: string
  quantity: string
  /** UCUM; `1` for a dimensionless number. */
  unit?: string
}

/** What a model takes and gives, in the field's own terms. */
export interface ModelSpecification {
  inputs: { name: string; quantity: string }[]
  outputs: OutputSpecification[]
}

export interface RunFilter {
  status?: string
  model?: string
  twin?: string
  cursor?: string
}

export interface RunOrder {
  twin: string
  model: string
  purpose: string
  trial?: string
  commercial: boolean
  day?: string
}

export const listRuns = (filter: RunFilter, signal?: AbortSignal) =>
  read<{ runs: RunLine[]; next?: string }>('/api/v1/simulations', { ...filter }, signal)

export const readRun = (run: string, signal?: AbortSignal) => read<Run>(`/api/v1/simulations/${run}`, {}, signal)

export const orderRun = (order: RunOrder) => change<{ run: string; status: RunStatus }>('/api/v1/simulations', order)

export const replayRun = (run: string) => change<Replay>(`/api/v1/simulations/${run}/replays`, {})

export const readReadiness = (twin: string, signal?: AbortSignal) =>
  read<ModelReadiness[]>(`/api/v1/twins/${twin}/readiness`, {}, signal)

export const readSpecification = (model: string, signal?: AbortSignal) =>
  read<ModelSpecification>(`/api/v1/models/${model}`, {}, signal)
