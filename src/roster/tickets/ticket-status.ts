/** Where a ticket stands. Pure. */
import type { Ticket } from '../roster-state.js'
import { isOpen } from '../time-boxed.js'

/** `waiting`: for its approval; `ended`: by its time, by revocation, or given back. */
export const TICKET_STATUSES = ['waiting', 'declined', 'open', 'ended'] as const
export type TicketStatus = (typeof TICKET_STATUSES)[number]

/** Whether somebody has to decide about it yet. */
export const isUndecided = ({ approved, declined }: Ticket): boolean => approved === undefined && declined === undefined

/** @param at RFC 3339 in UTC with milliseconds */
export function ticketStatus(ticket: Ticket, at: string): TicketStatus {
  if (ticket.declined) return 'declined'
  if (isUndecided(ticket)) return 'waiting'
  return isOpen(ticket, at) ? 'open' : 'ended'
}
