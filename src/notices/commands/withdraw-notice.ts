import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { NoticeWithdrawalReason } from '../codes.js'
import { NoticeBook, type NoticeReceipt } from '../notice-book.js'

/** Ends a published version: nobody consents under it any more. Its text stays readable for those who did. */
export class WithdrawNotice extends Command<NoticeReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly withdrawal: { notice: string; version: string; reason: NoticeWithdrawalReason },
    readonly ifRevision?: number,
  ) {
    super()
  }
}

@CommandHandler(WithdrawNotice)
export class WithdrawNoticeHandler implements ICommandHandler<WithdrawNotice> {
  constructor(private readonly book: NoticeBook) {}

  /** @throws NotFound `consent-notice-not-found`; Conflict `consent-notice-not-approved`, `consent-notice-withdrawn` */
  execute({ context, withdrawal: { notice, ...withdrawal }, ifRevision }: WithdrawNotice): Promise<NoticeReceipt> {
    return this.book.record(context, notice, { type: 'withdraw', ...withdrawal }, ifRevision)
  }
}
