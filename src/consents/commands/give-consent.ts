import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import type { Gift } from '../consent.js'
import { newConsentId } from '../consent-id.js'
import { ConsentWriter, type ConsentReceipt } from '../consent-writer.js'

/** Records that a person gave consent: to a request, when its id is named, or on their own account. */
export class GiveConsent extends Command<ConsentReceipt & { consent: string }> {
  constructor(
    readonly context: CommandContext,
    readonly gift: Omit<Gift, 'consent'> & { subject: string; consent?: string; ifRevision?: number },
  ) {
    super()
  }
}

@CommandHandler(GiveConsent)
export class GiveConsentHandler implements ICommandHandler<GiveConsent> {
  constructor(
    private readonly writer: ConsentWriter,
    private readonly journal: Journal,
  ) {}

  /**
   * @throws Conflict `consent-in-force`, `consent-not-requested`, `consent-notice-not-in-force`
   * @throws Unprocessable `consent-notice-unknown`
   * @throws InvalidRequest `consent-incomplete`, `consent-scope-wider`, `consent-given-in-future`, `consent-expiry-passed`
   */
  async execute({ context, gift }: GiveConsent): Promise<ConsentReceipt & { consent: string }> {
    const { subject, ifRevision, consent = newConsentId(this.journal, context), ...given } = gift
    const command = { type: 'give', consent, ...given } as const
    return { ...(await this.writer.record(context, { subject, ifRevision, command })), consent }
  }
}
