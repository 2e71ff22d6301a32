import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { Restriction } from '../consent.js'
import type { ConsentReceipt } from '../consent-writer.js'
import { MergedPersons } from '../merged-persons.js'

/**
 * Freezes every use but storage (GDPR Art 18, 21, 17). It is a fact on the stream that authorises uses: one that is asked for a
 * millisecond later is refused. A restriction or an objection holds under all ids that a person is on record under.
 */
export class RestrictProcessing extends Command<ConsentReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly order: Restriction & { subject: string },
  ) {
    super()
  }
}

@CommandHandler(RestrictProcessing)
export class RestrictProcessingHandler implements ICommandHandler<RestrictProcessing> {
  constructor(private readonly persons: MergedPersons) {}

  /** Said again, it records nothing. */
  execute({ context, order: { subject, ...restriction } }: RestrictProcessing): Promise<ConsentReceipt> {
    return this.persons.record(context, subject, { type: 'restrict', ...restriction })
  }
}
