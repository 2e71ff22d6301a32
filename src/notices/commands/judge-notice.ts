import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { NoticeBook, type NoticeReceipt } from '../notice-book.js'

/** What somebody says of the text that they read: `sha256` names it. */
export interface NoticeJudgement {
  outcome: 'approved' | 'rejected'
  sha256: string
  remark: string
}

/** Approves or rejects a text of a notice, as somebody other than its author. */
export class JudgeNotice extends Command<NoticeReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly text: { notice: string; version: string; language: string },
    readonly judgement: NoticeJudgement,
    readonly ifRevision?: number,
  ) {
    super()
  }
}

@CommandHandler(JudgeNotice)
export class JudgeNoticeHandler implements ICommandHandler<JudgeNotice> {
  constructor(private readonly book: NoticeBook) {}

  /**
   * @throws NotFound `consent-notice-not-found`, `consent-notice-text-not-found`; Forbidden `notice-approver-is-author`
   * @throws Conflict `consent-notice-text-judged`, `consent-notice-text-changed`, `consent-notice-withdrawn`
   */
  execute({ context, text: { notice, ...text }, judgement, ifRevision }: JudgeNotice): Promise<NoticeReceipt> {
    const command = { type: 'judge', by: context.actor.id, ...text, ...judgement } as const
    return this.book.record(context, notice, command, ifRevision)
  }
}
