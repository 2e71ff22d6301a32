import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { newestFirst } from '../../platform/http/newest-first.js'
import { LiveRoster } from '../live-roster.js'
import type { Ticket } from '../roster-state.js'
import { ticketStatus, type TicketStatus } from '../tickets/ticket-status.js'

export interface TicketView extends Ticket {
  status: TicketStatus
}

export interface TicketPage {
  tickets: TicketView[]
  /** Where the next page starts; absent on the last one. */
  next?: string
}

/** Tickets, newest first; of one person, when `actor` is given. What was read under one names its `approval` as the cause. */
export class ListTickets extends Query<TicketPage> {
  constructor(
    readonly filter: { actor?: string; status?: TicketStatus } = {},
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

@QueryHandler(ListTickets)
export class ListTicketsHandler implements IQueryHandler<ListTickets> {
  constructor(private readonly live: LiveRoster) {}

  /** @throws InvalidRequest `cursor-invalid` */
  async execute({ filter: { actor, status }, limit, cursor }: ListTickets): Promise<TicketPage> {
    const now = this.live.momentAt()
    const wanted = (ticket: Ticket) =>
      (actor === undefined || ticket.actor === actor) && (status === undefined || ticketStatus(ticket, now) === status)
    const { page, next } = newestFirst(this.live.current.tickets, wanted, limit, cursor)
    const tickets = page.map((ticket) => ({ ...ticket, status: ticketStatus(ticket, now) }))
    return next === undefined ? { tickets } : { tickets, next }
  }
}
