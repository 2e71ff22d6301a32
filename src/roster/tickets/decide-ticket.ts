/**
 * A steward sees who a twin stands for by ticket alone: of one twin, for a reason, approved by somebody else, for some hours. Pure; all
 * throw. GDPR Art 5(1)(c) and 25: coded by default.
 */
import { Conflict, NotFound } from '../../platform/errors.js'
import type { TicketEvent } from '../events.js'
import type { RosterState, Ticket } from '../roster-state.js'
import { endAfter, isOpen } from '../time-boxed.js'
import { isUndecided } from './ticket-status.js'

export type TicketCommand =
  | { do: 'request-ticket'; ticket: string; actor: string; subject: string; twin: string; hours: number }
  | { do: 'approve-ticket' | 'decline-ticket' | 'revoke-ticket' | 'return-ticket'; ticket: string; by: string }

/**
 * @param at RFC 3339, when it is decided
 * @throws NotFound `ticket-not-found`
 * @throws Conflict `ticket-open`, `own-ticket`, `ticket-decided`, `ticket-not-open`, `ticket-of-another`
 */
export function decideTicket({ tickets }: RosterState, command: TicketCommand, at: string): readonly TicketEvent[] {
  if (command.do === 'request-ticket') {
    const { do: _do, ...data } = command
    for (const known of tickets.values())
      if (known.actor === data.actor && known.twin === data.twin && (isUndecided(known) || isOpen(known, at)))
        throw new Conflict('ticket-open', 'There is a ticket for this twin already, open or waiting.')
    return [{ type: 'roster.ticket-requested', data }]
  }
  const known = tickets.get(command.ticket)
  if (!known) throw new NotFound('ticket-not-found', 'There is no such ticket.')
  const data = { actor: known.actor, ticket: known.ticket }
  switch (command.do) {
    case 'approve-ticket':
      mustWaitForAnother(known, command.by)
      return [{ type: 'roster.ticket-approved', data: { ...data, until: endAfter(at, known.hours) } }]
    case 'decline-ticket':
      mustWaitForAnother(known, command.by)
      return [{ type: 'roster.ticket-declined', data }]
    case 'revoke-ticket':
      mustBeOpen(known, at)
      return [{ type: 'roster.ticket-revoked', data }]
    case 'return-ticket':
      if (known.actor !== command.by) throw new Conflict('ticket-of-another', 'Only who holds a ticket gives it back.')
      mustBeOpen(known, at)
      return [{ type: 'roster.ticket-returned', data }]
  }
}

function mustWaitForAnother(ticket: Ticket, by: string): void {
  if (ticket.actor === by) throw new Conflict('own-ticket', 'Nobody decides on their own ticket.')
  if (!isUndecided(ticket)) throw new Conflict('ticket-decided', 'The ticket was decided on already.')
}

function mustBeOpen(ticket: Ticket, at: string): void {
  if (!isOpen(ticket, at)) throw new Conflict('ticket-not-open', 'The ticket opens nothing, or nothing any more.')
}
