import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { PrivacyClock } from '../../privacy/clock.js'
import { DisclosureJournal, type DisclosureReceipt } from '../disclosure-journal.js'

/** Records that a copy of a person's data goes to an organisation instead of the person. */
export class RecordDelivery extends Command<DisclosureReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly delivery: { subject: string; org: string; what: string; purpose: string },
  ) {
    super()
  }
}

@CommandHandler(RecordDelivery)
export class RecordDeliveryHandler implements ICommandHandler<RecordDelivery> {
  constructor(
    private readonly disclosures: DisclosureJournal,
    private readonly clock: PrivacyClock,
  ) {}

  async execute({ context, delivery: { subject, org, what, purpose } }: RecordDelivery): Promise<DisclosureReceipt> {
    const described = (await this.disclosures.recipients()).get(org)
    return this.disclosures.recordOutside(context, subject, {
      at: this.clock.now().toISOString(),
      recipient: described?.name ?? org,
      address: described?.address ?? null,
      description: what,
      purpose,
      org,
    })
  }
}
