import { randomUUID } from 'node:crypto'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import type { Receipt } from '../requests/request.js'
import { RequestJournal, type RequestReceipt } from '../requests/request-journal.js'

/** Takes in what a person asks about their data; the clock of Art 12(3) runs from then on. */
export class ReceiveRequest extends Command<RequestReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly asked: Receipt & { subject: string },
  ) {
    super()
  }
}

@CommandHandler(ReceiveRequest)
export class ReceiveRequestHandler implements ICommandHandler<ReceiveRequest> {
  constructor(
    private readonly requests: RequestJournal,
    private readonly journal: Journal,
  ) {}

  /** @throws InvalidRequest `privacy-received-in-future`, `privacy-run-required` */
  execute({ context, asked: { subject, ...receipt } }: ReceiveRequest): Promise<RequestReceipt> {
    const { idempotencyKey: key, actor } = context
    const request = key === undefined ? randomUUID() : this.journal.deriveEventId('privacy-request', actor.id, key)
    return this.requests.record(context, { request, subject }, { type: 'receive', ...receipt })
  }
}
