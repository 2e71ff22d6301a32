import type { ResidualRisk, WithdrawalCause } from '../../../src/assessments/events.js'
import { change, read } from './http.js'

export type AssessmentStatus = 'approved' | 'advised' | 'proposed' | 'expired' | 'withdrawn'

export interface AssessedUse {
  model: string
  /** Null: every version. */
  version: string | null
  purpose: string
}

interface Standing {
  assessment: string
  revision: number
  status: AssessmentStatus
  /** The round that waits for advice or approval. */
  draft: { proposedBy: string; advice: { by: string; residualRisk: ResidualRisk } | null } | null
  approval: { by: string; at: string; reviewBy: string; residualRisk: ResidualRisk } | null
}

export type AssessmentLine = Standing & AssessedUse

export interface Assessment extends Standing {
  use: AssessedUse
  /** Null for readers of codes. */
  texts: { description: string; necessity: string; risks: string; measures: string } | null
  advice: string | null
}

const ROOT = '/api/v1/impact-assessments'

/** @param model all of them without it */
export const listAssessments = (model: string | undefined, signal?: AbortSignal) =>
  read<AssessmentLine[]>(ROOT, { model }, signal)

export const readAssessment = (assessment: string, signal?: AbortSignal) =>
  read<Assessment>(`${ROOT}/${assessment}`, {}, signal)

export const proposeAssessment = (proposal: object) => change<{ assessment: string }>(ROOT, proposal)

export const adviseOn = (
  assessment: string,
  advice: { revision: number; residualRisk: ResidualRisk; advice: string },
) => change(`${ROOT}/${assessment}/advice`, advice)

export const approveAssessment = (assessment: string, approval: { revision: number; reviewBy: string }) =>
  change(`${ROOT}/${assessment}/approval`, approval)

export const withdrawAssessment = (assessment: string, cause: WithdrawalCause) =>
  change(`${ROOT}/${assessment}/withdrawal`, { cause })
