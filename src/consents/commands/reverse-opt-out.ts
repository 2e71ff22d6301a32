import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { Expression } from '../consent.js'
import type { ConsentReceipt } from '../consent-writer.js'
import { MergedPersons } from '../merged-persons.js'

/** Takes an opt-out back (EHDS Art 71(1)). What consents cover may be asked for again; it gives no consent. */
export class ReverseOptOut extends Command<ConsentReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly order: Expression & { subject: string },
  ) {
    super()
  }
}

@CommandHandler(ReverseOptOut)
export class ReverseOptOutHandler implements ICommandHandler<ReverseOptOut> {
  constructor(private readonly persons: MergedPersons) {}

  /** @throws Conflict `not-opted-out` */
  execute({ context, order: { subject, ...expression } }: ReverseOptOut): Promise<ConsentReceipt> {
    return this.persons.record(context, subject, { type: 'reverse-opt-out', ...expression })
  }
}
