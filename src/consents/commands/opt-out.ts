import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { Expression } from '../consent.js'
import type { ConsentReceipt } from '../consent-writer.js'
import { MergedPersons } from '../merged-persons.js'

/**
 * Takes a person out of secondary use, without a reason asked (EHDS Art 71(1)). It is a fact on the stream that authorises uses: one
 * that is asked for a millisecond later is refused. Whoever is on record under several ids is out under all of them.
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
  constructor(private readonly persons: MergedPersons) {}

  /** Said again, it is in force already. */
  execute({ context, order: { subject, ...expression } }: OptOut): Promise<ConsentReceipt> {
    return this.persons.record(context, subject, { type: 'opt-out', ...expression })
  }
}
