import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { ticketStream } from '../events.js'
import { ExplainedAccess } from '../explained-access.js'
import { GrantIds } from '../grant-ids.js'
import { LiveRoster } from '../live-roster.js'
import type { TicketReason } from '../reason-codes.js'

export interface RequestedTicket {
  ticket: string
  position: number
}

/** Asks to see who one twin stands for, for some hours. It opens nothing before somebody else approves it. */
export class RequestTicket extends Command<RequestedTicket> {
  constructor(
    readonly context: CommandContext,
    readonly asked: { twin: string; hours: number; reason: TicketReason; explanation: string },
  ) {
    super()
  }
}

@CommandHandler(RequestTicket)
export class RequestTicketHandler implements ICommandHandler<RequestTicket> {
  constructor(
    private readonly access: ExplainedAccess,
    private readonly ids: GrantIds,
    private readonly live: LiveRoster,
  ) {}

  /** @throws NotFound `twin-not-found`; Conflict `ticket-open` */
  async execute({ context, asked: { twin, hours, reason, explanation } }: RequestTicket): Promise<RequestedTicket> {
    const actor = context.actor.id
    const subject = await this.access.subjectOf(twin)
    const ticket = this.ids.next(context)
    const position = await this.access.record(
      { ...context, reason },
      { do: 'request-ticket', ticket, actor, subject, twin, hours },
      {
        subject,
        stream: ticketStream(ticket),
        explanation: { type: 'roster.ticket-explained', data: { explanation } },
      },
      this.live.momentAt(),
    )
    return { ticket, position }
  }
}
