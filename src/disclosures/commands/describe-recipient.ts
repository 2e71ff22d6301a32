import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { DisclosureJournal, type DisclosureReceipt } from '../disclosure-journal.js'
import type { RecipientDescribed } from '../events.js'

/** Records the name and the address of an organisation that reads here. */
export class DescribeRecipient extends Command<DisclosureReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly recipient: RecipientDescribed['data'],
  ) {
    super()
  }
}

@CommandHandler(DescribeRecipient)
export class DescribeRecipientHandler implements ICommandHandler<DescribeRecipient> {
  constructor(private readonly disclosures: DisclosureJournal) {}

  execute({ context, recipient }: DescribeRecipient): Promise<DisclosureReceipt> {
    return this.disclosures.describeRecipient(context, recipient)
  }
}
