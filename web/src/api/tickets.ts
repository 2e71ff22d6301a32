import type { TicketStatus } from '../../../src/roster/tickets/ticket-status.js'
import type { TicketDecliningReason, TicketReason, TicketRevocationReason } from '../../../src/roster/reason-codes.js'
import { change, readPage } from './http.js'

export type { TicketStatus } from '../../../src/roster/tickets/ticket-status.js'

/** Leave to see who one twin stands for: asked for by one, approved by another, for some hours. */
export interface Ticket {
  ticket: string
  actor: string
  twin: string
  hours: number
  reason?: TicketReason
  requestedAt: string
  approved?: { by: string; role: string; at: string }
  /** Event that approved it: the cause of every reading under it. */
  approval?: string
  declined?: { by: string; role: string; at: string }
  /** When it ends by itself. */
  until?: string
  closedAt?: string
  status: TicketStatus
}

const ROOT = '/api/v1/identity-tickets'

/** Newest first; who asks sees their own alone. */
export const listTickets = (status: TicketStatus | undefined, cursor: string | undefined, signal?: AbortSignal) =>
  readPage<Ticket>(ROOT, 'tickets', { status, cursor }, signal)

export const requestTicket = (asked: { twin: string; hours: number; reason: TicketReason; explanation: string }) =>
  change<{ ticket: string }>(ROOT, asked)

export const approveTicket = (ticket: string) => change(`${ROOT}/${ticket}/approval`, {})

export const declineTicket = (ticket: string, reason: TicketDecliningReason) =>
  change(`${ROOT}/${ticket}/refusal`, { reason })

export const revokeTicket = (ticket: string, reason: TicketRevocationReason) =>
  change(`${ROOT}/${ticket}/revocation`, { reason })

export const returnTicket = (ticket: string) => change(`${ROOT}/${ticket}/return`, {})
