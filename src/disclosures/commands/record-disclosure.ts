import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { DisclosureJournal, type DisclosureReceipt } from '../disclosure-journal.js'
import type { NewDisclosure } from '../events.js'

/** Records that data of a person were disclosed in another way than through this service. */
export class RecordDisclosure extends Command<DisclosureReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly subject: string,
    readonly disclosure: NewDisclosure,
  ) {
    super()
  }
}

@CommandHandler(RecordDisclosure)
export class RecordDisclosureHandler implements ICommandHandler<RecordDisclosure> {
  constructor(private readonly disclosures: DisclosureJournal) {}

  execute({ context, subject, disclosure }: RecordDisclosure): Promise<DisclosureReceipt> {
    return this.disclosures.recordOutside(context, subject, disclosure)
  }
}
