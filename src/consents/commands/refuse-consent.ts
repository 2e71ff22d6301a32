import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { Expression } from '../consent.js'
import { ConsentWriter, type ConsentReceipt } from '../consent-writer.js'

/** Records that a person refused what they were asked for. */
export class RefuseConsent extends Command<ConsentReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly refusal: Expression & { subject: string; consent: string; ifRevision?: number },
  ) {
    super()
  }
}

@CommandHandler(RefuseConsent)
export class RefuseConsentHandler implements ICommandHandler<RefuseConsent> {
  constructor(private readonly writer: ConsentWriter) {}

  /** @throws NotFound `consent-not-found`; Conflict `consent-not-requested` */
  execute({ context, refusal }: RefuseConsent): Promise<ConsentReceipt> {
    const { subject, ifRevision, ...refused } = refusal
    return this.writer.record(context, { subject, ifRevision, command: { type: 'refuse', ...refused } })
  }
}
