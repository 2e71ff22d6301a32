import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { newConsentId } from '../consent-id.js'
import { ConsentWriter, type ConsentReceipt } from '../consent-writer.js'
import type { NoticeReference } from '../events.js'
import type { ConsentScope } from '../scope.js'

/** Asks a person for consent: what for, under which notice, until when. */
export class RequestConsent extends Command<ConsentReceipt & { consent: string }> {
  constructor(
    readonly context: CommandContext,
    readonly request: {
      subject: string
      scope: ConsentScope
      notice: NoticeReference
      /** RFC 3339, UTC. */
      expiresAt?: string
      ifRevision?: number
    },
  ) {
    super()
  }
}

@CommandHandler(RequestConsent)
export class RequestConsentHandler implements ICommandHandler<RequestConsent> {
  constructor(
    private readonly writer: ConsentWriter,
    private readonly journal: Journal,
  ) {}

  /**
   * @throws InvalidRequest `consent-expiry-passed`; Unprocessable `consent-notice-unknown`
   * @throws Conflict `consent-notice-not-in-force`
   */
  async execute({ context, request }: RequestConsent): Promise<ConsentReceipt & { consent: string }> {
    const { subject, ifRevision, ...asked } = request
    const consent = newConsentId(this.journal, context)
    const command = { type: 'request', consent, ...asked } as const
    return { ...(await this.writer.record(context, { subject, ifRevision, command })), consent }
  }
}
