import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { LiveRoster } from '../live-roster.js'
import type { Ticket } from '../roster-state.js'
import { isUndecided } from '../tickets/decide-ticket.js'
import { isOpen } from '../time-boxed.js'

export interface TicketView extends Ticket {
  /** `waiting`: for its approval; `ended`: by its time, by revocation, or given back. */
  status: 'waiting' | 'declined' | 'open' | 'ended'
}

/** Every ticket, newest first; of one person, when `actor` is given. What was read under one names its `approval` as the cause. */
export class ListTickets extends Query<TicketView[]> {
  constructor(readonly scope: { actor?: string } = {}) {
    super()
  }
}

@QueryHandler(ListTickets)
export class ListTicketsHandler implements IQueryHandler<ListTickets> {
  constructor(private readonly live: LiveRoster) {}

  async execute({ scope: { actor } }: ListTickets): Promise<TicketView[]> {
    const now = new Date().toISOString()
    return [...this.live.current.tickets.values()]
      .filter((ticket) => actor === undefined || ticket.actor === actor)
      .reverse()
      .map((ticket) => ({ ...ticket, status: statusOf(ticket, now) }))
  }
}

function statusOf(ticket: Ticket, now: string): TicketView['status'] {
  if (ticket.declined) return 'declined'
  if (isUndecided(ticket)) return 'waiting'
  return isOpen(ticket, now) ? 'open' : 'ended'
}
