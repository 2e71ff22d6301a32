import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import type { Resolution } from '../codes.js'
import { ReviewWriter, type ReviewReceipt } from '../review-writer.js'

/** What came of a finding. */
export class ResolveFinding extends Command<ReviewReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly review: string,
    readonly resolved: { finding: string; resolution: Resolution },
  ) {
    super()
  }
}

@CommandHandler(ResolveFinding)
export class ResolveFindingHandler implements ICommandHandler<ResolveFinding> {
  constructor(private readonly writer: ReviewWriter) {}

  /** @throws NotFound `review-finding-not-found`; Conflict `review-not-under-way` */
  execute({ context, review, resolved }: ResolveFinding): Promise<ReviewReceipt> {
    return this.writer.record(context, review, { do: 'resolve-finding', ...resolved })
  }
}
