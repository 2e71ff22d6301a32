import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { NoticeDraft } from '../events.js'
import { NoticeBook, type NoticeReceipt } from '../notice-book.js'
import { textDigest } from '../notice-text.js'

/** Writes the text of a version of a notice in one language, or writes it anew as long as it is not published. */
export class DraftNotice extends Command<NoticeReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly draft: Omit<NoticeDraft, 'sha256'>,
    readonly ifRevision?: number,
  ) {
    super()
  }
}

@CommandHandler(DraftNotice)
export class DraftNoticeHandler implements ICommandHandler<DraftNotice> {
  constructor(private readonly book: NoticeBook) {}

  /** @throws Conflict `consent-notice-published`, `consent-notice-unchanged`, `consent-notice-withdrawn` */
  execute({ context, draft, ifRevision }: DraftNotice): Promise<NoticeReceipt> {
    const command = { type: 'draft', ...draft, sha256: textDigest(draft.text) } as const
    return this.book.record(context, draft.notice, command, ifRevision)
  }
}
