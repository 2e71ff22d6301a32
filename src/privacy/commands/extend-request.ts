import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { ExtensionReason } from '../codes.js'
import { RequestJournal, type RequestReceipt } from '../requests/request-journal.js'

/** Takes two more months, with the reason that the person is told (Art 12(3)). */
export class ExtendRequest extends Command<RequestReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly extension: { request: string; reason: ExtensionReason },
  ) {
    super()
  }
}

@CommandHandler(ExtendRequest)
export class ExtendRequestHandler implements ICommandHandler<ExtendRequest> {
  constructor(private readonly requests: RequestJournal) {}

  /** @throws Conflict `privacy-request-extended`, `privacy-deadline-passed`, `privacy-request-out-of-order` */
  async execute({ context, extension: { request, reason } }: ExtendRequest): Promise<RequestReceipt> {
    const { received } = await this.requests.existing(request)
    return this.requests.record(context, { request, subject: received.subject }, { type: 'extend', reason })
  }
}
