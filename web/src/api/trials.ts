import { read } from './http.js'

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
  read<{ trials: TrialLine[]; next?: string }>('/api/v1/trials', { cursor }, signal)

export const readTrial = (trial: string, signal?: AbortSignal) => read<Trial>(`/api/v1/trials/${trial}`, {}, signal)

export const readEnrolments = (trial: string, cursor: string | undefined, signal?: AbortSignal) =>
  read<{ enrolments: Enrolment[]; next?: string }>(`/api/v1/trials/${trial}/enrolments`, { cursor }, signal)
