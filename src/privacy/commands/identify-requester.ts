import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { IdentityMethod } from '../codes.js'
import { RequestJournal, type RequestReceipt } from '../requests/request-journal.js'

/** Records whether whoever asks is the person, or may ask for them (Art 12(6)). */
export class IdentifyRequester extends Command<RequestReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly check: { request: string; method: IdentityMethod; confirmed: boolean },
  ) {
    super()
  }
}

@CommandHandler(IdentifyRequester)
export class IdentifyRequesterHandler implements ICommandHandler<IdentifyRequester> {
  constructor(private readonly requests: RequestJournal) {}

  /** @throws NotFound `privacy-request-not-found`; Conflict `privacy-request-out-of-order` */
  async execute({ context, check: { request, ...found } }: IdentifyRequester): Promise<RequestReceipt> {
    const { received } = await this.requests.existing(request)
    return this.requests.record(context, { request, subject: received.subject }, { type: 'identify', ...found })
  }
}
