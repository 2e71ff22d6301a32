import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { DisclosureJournal, type DisclosureReceipt } from '../disclosure-journal.js'
import type { SuspensionCommand } from '../suspension.js'

/** Suspends the accounting of disclosures to an agency (45 CFR 164.528(a)(2)), or ends that early. */
export class DecideSuspension extends Command<DisclosureReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly subject: string,
    readonly decision: SuspensionCommand,
  ) {
    super()
  }
}

@CommandHandler(DecideSuspension)
export class DecideSuspensionHandler implements ICommandHandler<DecideSuspension> {
  constructor(private readonly disclosures: DisclosureJournal) {}

  /** @throws InvalidRequest `suspension-time-invalid`; Conflict `suspension-not-in-force` */
  execute({ context, subject, decision }: DecideSuspension): Promise<DisclosureReceipt> {
    return this.disclosures.decideSuspension(context, subject, decision)
  }
}
