import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { Expression } from '../consent.js'
import { ConsentWriter, type ConsentReceipt } from '../consent-writer.js'

/**
 * Takes a person out of secondary use, without a reason asked (EHDS Art 71(1)). It is a fact on the stream that authorises uses: one
 * that is asked for a millisecond later is refused.
 */
export class OptOut extends Command<ConsentReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly order: Expression & { subject: string },
  ) {
    super()
  }
}

@CommandHandler(OptOut)
export class OptOutHandler implements ICommandHandler<OptOut> {
  constructor(private readonly writer: ConsentWriter) {}

  /** Said again, it is in force already. */
  execute({ context, order: { subject, ...expression } }: OptOut): Promise<ConsentReceipt> {
    return this.writer.record(context, { subject, command: { type: 'opt-out', ...expression } })
  }
}
