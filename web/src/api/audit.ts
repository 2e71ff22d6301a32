import { read, readFile } from './http.js'
import type { Actor } from './twins.js'

export interface AuditEntry {
  position: number
  id: string
  recordedAt: string
  occurredAt: string | null
  type: string
  /** What happened, in one plain sentence. */
  sentence: string
  actor: Actor
  purpose: string | null
  reason: string | null
  /** Null when nobody in particular is concerned, or withheld. */
  subject: string | null
  trial: string | null
  /** The person's code in the trial, where the subject is withheld. */
  enrolmentCode: string | null
  /** Null when withheld. */
  stream: string | null
  revision: number | null
  correlation: string
  causation: string | null
  sealed: boolean
  keyId: string | null
  proof: string
}

export interface AuditEntryDetail extends AuditEntry {
  payload: { state: string; data: object | null }
  change: { rule: string; meaning: string; old: unknown; oldPosition: number | null; new: unknown } | null
  occurrence: { at: string; lagSeconds: number; late: boolean } | null
  explanation: string | null
  source: unknown
}

export interface EventTypeDescription {
  type: string
  sentence: string
}

/** What the trail can be filtered by; the names are those of the API and of the console's addresses. */
export const AUDIT_FILTERS = [
  'subject',
  'actor',
  'role',
  'trial',
  'enrolmentCode',
  'type',
  'purpose',
  'reason',
  'stream',
  'correlation',
  'causation',
  'from',
  'to',
  'asOfPosition',
] as const
export type AuditFilterName = (typeof AUDIT_FILTERS)[number]
export type AuditFilter = Partial<Record<AuditFilterName, string>>

export interface AuditListing {
  order?: string
  direction?: string
  cursor?: string
}

export const listAudit = (filter: AuditFilter, listing: AuditListing, signal?: AbortSignal) =>
  read<{ entries: AuditEntry[]; next?: string }>('/api/v1/audit', { ...filter, ...listing }, signal)

export const readAuditEntry = (position: string, signal?: AbortSignal) =>
  read<AuditEntryDetail>(`/api/v1/audit/${position}`, {}, signal)

export const listEventTypes = (signal?: AbortSignal) =>
  read<EventTypeDescription[]>('/api/v1/audit/event-types', {}, signal)

export const exportAudit = (filter: AuditFilter, format: 'ndjson' | 'csv' | 'html') =>
  readFile('/api/v1/audit/export', { ...filter, format })
