import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { WithdrawalReason } from '../codes.js'
import type { Expression } from '../consent.js'
import { ConsentWriter, type ConsentReceipt } from '../consent-writer.js'

/** Withdraws one consent, or everything that is in force: as easy as giving it, with no reason asked (GDPR Art. 7(3)). */
export class WithdrawConsent extends Command<ConsentReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly withdrawal: Expression & { subject: string; consent?: string; reason?: WithdrawalReason },
  ) {
    super()
  }
}

@CommandHandler(WithdrawConsent)
export class WithdrawConsentHandler implements ICommandHandler<WithdrawConsent> {
  constructor(private readonly writer: ConsentWriter) {}

  /** @throws NotFound `consent-not-found`; Conflict `consent-not-in-force` */
  execute({ context, withdrawal }: WithdrawConsent): Promise<ConsentReceipt> {
    const { subject, reason, ...withdrawn } = withdrawal
    const command = { type: 'withdraw', ...withdrawn } as const
    return this.writer.record(reason === undefined ? context : { ...context, reason }, { subject, command })
  }
}
