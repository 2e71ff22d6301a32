import { read } from './http.js'

export type VersionStatus =
  'proposed' | 'under-assessment' | 'inadequate' | 'adequate' | 'approved' | 'superseded' | 'retired'

export interface ModelLine {
  id: string
  version: string
  title: string
  risk: { influence: string; consequence: string; tier: string }
  runsOnTwins: boolean
  status: VersionStatus | null
  forDecisions: boolean
  reasons: string[]
}

export interface ModelCard {
  title: string
  version: string
  questionOfInterest: string
  contextOfUse: string
  doi: string[]
  risk: { influence: string; consequence: string; tier: string }
  verification: string[]
  validation: { population: string; n: number | null; metric: string; citation: string; unverified?: true }[]
  limits: { refused: string[]; stated: string[] }
  knownBias: string[]
}

export interface Model {
  card: ModelCard
  digests: { code: string; coefficients: string }
}

export interface VersionLine {
  version: string
  status: VersionStatus
  riskTier: string | null
  aiActClass: string | null
  signed: boolean | null
  supersededBy: string | null
  proposedAt: string
  approvedAt: string | null
}

export interface Factor {
  factor: string
  title: string
  goal: number | null
  asksFor: string | null
  rationale: string
  achieved: number | null
  met: boolean
  summary: string | null
  evidence: { title: string; digest: string; reference?: string }[]
}

export interface CredibilityCase {
  steps: { step: string; done: boolean }[]
  next: string | null
  contextOfUse: { statement: string; purposes: string[] } | null
  risk: { influence: string; consequence: string; tier: string; rationale: string } | null
  factors: Factor[]
  adequacy: { adequate: boolean; rationale: string } | null
}

export const listModels = (signal?: AbortSignal) => read<ModelLine[]>('/api/v1/models', {}, signal)

export const readModel = (id: string, signal?: AbortSignal) =>
  read<Model>(`/api/v1/models/${encodeURIComponent(id)}`, {}, signal)

export const listVersions = (id: string, signal?: AbortSignal) =>
  read<VersionLine[]>(`/api/v1/models/${encodeURIComponent(id)}/versions`, {}, signal)

export const readCase = (id: string, version: string, signal?: AbortSignal) =>
  read<CredibilityCase>(`/api/v1/models/${encodeURIComponent(id)}/versions/${version}/credibility-case`, {}, signal)
