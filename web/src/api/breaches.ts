import type { BreachRisk, CommunicationException, Detection } from '../../../src/breaches/codes.js'
import { change, read } from './http.js'

export interface BreachLine {
  breach: string
  status: 'open' | 'closed'
  risk: BreachRisk | null
  awareAt: string
  dueAt: string
  settledAt: string | null
  closedAt: string | null
  overdue: boolean
  /** Until the authority is to be notified; negative afterwards, null once that is settled. */
  hoursLeft: number | null
}

/** What is known, as Art 33(3) asks for it. */
export interface BreachFacts {
  natures?: string[]
  subjectCategories?: string[]
  recordCategories?: string[]
  subjects?: number
  records?: number
  risk?: BreachRisk
}

export interface BreachTexts {
  description?: string
  contact?: string
  consequences?: string
  measures?: string
}

export interface Breach {
  breach: string
  revision: number
  recorded: { detection: Detection; detectedAt: string; awareAt: string; dueAt: string }
  facts: BreachFacts
  /** Null for readers of codes. */
  texts: BreachTexts | null
  notifications: { authority: string; late: boolean; missing: string[] }[]
  waived: boolean
  informed: { direct: boolean; public: boolean }
  exception: CommunicationException | null
  overdue: boolean
  closed: boolean
  missingFacts: string[]
  missingSteps: string[]
}

export type BreachStep =
  | 'assessment'
  | 'authority-notification'
  | 'notification-waiver'
  | 'communication'
  | 'communication-exception'
  | 'closure'

const ROOT = '/api/v1/breaches'

export const listBreaches = (status: string | undefined, cursor: string | undefined, signal?: AbortSignal) =>
  read<{ items: BreachLine[]; next?: string }>(ROOT, { status, cursor }, signal)

export const readBreach = (breach: string, signal?: AbortSignal) => read<Breach>(`${ROOT}/${breach}`, {}, signal)

export const reportBreach = (report: { detection: string; detectedAt: string; awareAt?: string } & BreachTexts) =>
  change<{ breach: string }>(ROOT, report)

export const takeBreachStep = (breach: string, step: BreachStep, body: object = {}) =>
  change(`${ROOT}/${breach}/${step}`, body)
