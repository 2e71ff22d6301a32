import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { RequestChannel } from '../codes.js'
import { RequestJournal, type RequestReceipt } from '../requests/request-journal.js'

/** Records that the person was told what was decided; that stops the clock. */
export class AnswerRequest extends Command<RequestReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly answer: { request: string; channel: RequestChannel },
  ) {
    super()
  }
}

@CommandHandler(AnswerRequest)
export class AnswerRequestHandler implements ICommandHandler<AnswerRequest> {
  constructor(private readonly requests: RequestJournal) {}

  /** @throws Conflict `privacy-request-out-of-order`: nothing was decided yet */
  async execute({ context, answer: { request, channel } }: AnswerRequest): Promise<RequestReceipt> {
    const { received } = await this.requests.existing(request)
    return this.requests.record(context, { request, subject: received.subject }, { type: 'answer', channel })
  }
}
