import type { EmergencyReason } from '../../../src/roster/reason-codes.js'
import { change, readPage } from './http.js'

/** One person's record, opened for some hours to somebody who has no other right to it. */
export interface Emergency {
  emergency: string
  actor: string
  twin: string
  reason?: EmergencyReason
  openedAt: string
  /** When it ends by itself. */
  until: string
  closedAt?: string
  review?: { by: string; at: string; finding: EmergencyFinding }
  open: boolean
  reviewDue: string
  overdue: boolean
}

export type EmergencyFinding = 'justified' | 'not-justified'

const ROOT = '/api/v1/emergency-accesses'

/** Newest first; who may open alone sees their own. */
export const listEmergencies = (cursor: string | undefined, signal?: AbortSignal) =>
  readPage<Emergency>(ROOT, 'emergencies', { cursor }, signal)

/** Those that nobody has reviewed. */
export const listUnreviewedEmergencies = (signal?: AbortSignal) =>
  readPage<Emergency>(ROOT, 'emergencies', { review: 'missing' }, signal)

export const openEmergency = (asked: { twin: string; reason: EmergencyReason; explanation: string }) =>
  change<{ emergency: string; until: string }>(ROOT, asked)

export const closeEmergency = (emergency: string) => change(`${ROOT}/${emergency}/closure`, {})

export const reviewEmergency = (emergency: string, finding: EmergencyFinding) =>
  change(`${ROOT}/${emergency}/review`, { finding })
