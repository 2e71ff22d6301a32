import type { AiActClassification } from '../../../src/models/registry/ai-act.js'
import type { CaseStep } from '../../../src/models/registry/case-steps.js'
import type { ModelNature } from '../../../src/models/registry/credibility-factors.js'
import { change, read } from './http.js'

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
  steps: { step: CaseStep; done: boolean }[]
  next: CaseStep | null
  question: string | null
  contextOfUse: { statement: string; purposes: string[] } | null
  risk: { influence: string; consequence: string; tier: string; rationale: string } | null
  factors: Factor[]
  adequacy: { adequate: boolean; rationale: string } | null
  /** What an approval approves, together with the revision. */
  recordDigest: string
}

export const listModels = (signal?: AbortSignal) => read<ModelLine[]>('/api/v1/models', {}, signal)

export const readModel = (id: string, signal?: AbortSignal) =>
  read<Model>(`/api/v1/models/${encodeURIComponent(id)}`, {}, signal)

export const listVersions = (id: string, signal?: AbortSignal) =>
  read<VersionLine[]>(`/api/v1/models/${encodeURIComponent(id)}/versions`, {}, signal)

/** A version on record, with its case and what an approver signs. */
export interface Version {
  status: VersionStatus
  nature: ModelNature
  aiAct: AiActClassification | null
  approval: { by: string; at: string } | null
  credibilityCase: CredibilityCase
  /** Actor ids of everybody who had a part in it. */
  authors: string[]
  running: { sameVersion: boolean; sameCode: boolean; sameCoefficients: boolean }
  stream: string
  revision: number
}

const versionsOf = (id: string): string => `/api/v1/models/${encodeURIComponent(id)}/versions`

export const readVersion = (id: string, version: string, signal?: AbortSignal) =>
  read<Version>(`${versionsOf(id)}/${version}`, {}, signal)

export const proposeVersion = (id: string, nature: string) => change(versionsOf(id), { nature })

/** Takes a step of the credibility case, `question` to `adequacy`; of the execution, one factor at a time. */
export const takeCaseStep = (id: string, version: string, step: string, body: object, revision: number) =>
  change(`${versionsOf(id)}/${version}/credibility-case/${step}`, body, { method: 'PUT', revision })

export const reopenCase = (id: string, version: string, body: object, revision: number) =>
  change(`${versionsOf(id)}/${version}/credibility-case/reopenings`, body, { revision })

export const classifyVersion = (id: string, version: string, classification: object, revision: number) =>
  change(`${versionsOf(id)}/${version}/ai-act-classification`, classification, { method: 'PUT', revision })

/** Approves what was read and signed. */
export const approveVersion = (id: string, version: string, recordDigest: string, revision: number) =>
  change(`${versionsOf(id)}/${version}/approval`, { recordDigest }, { revision })

export const supersedeVersion = (id: string, version: string, by: string, revision: number) =>
  change(`${versionsOf(id)}/${version}/supersession`, { by }, { revision })

export const retireVersion = (id: string, version: string, explanation: string, revision: number) =>
  change(`${versionsOf(id)}/${version}/retirement`, { explanation }, { revision })
