import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { NoticeBook, type NoticeReceipt } from '../notice-book.js'

/**
 * Publishes what is approved of a version and not yet public. `inForceFrom` (RFC 3339, UTC, milliseconds) may lie ahead, or behind for a
 * notice that was in use before it came on record; without it the version is in force from now on.
 */
export class PublishNotice extends Command<NoticeReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly publication: { notice: string; version: string; inForceFrom?: string },
    readonly ifRevision?: number,
  ) {
    super()
  }
}

@CommandHandler(PublishNotice)
export class PublishNoticeHandler implements ICommandHandler<PublishNotice> {
  constructor(private readonly book: NoticeBook) {}

  /**
   * @throws NotFound `consent-notice-not-found`; InvalidRequest `consent-notice-date-fixed`
   * @throws Conflict `consent-notice-not-approved`, `consent-notice-date-taken`, `consent-notice-withdrawn`
   */
  execute({ context, publication: { notice, ...publication }, ifRevision }: PublishNotice): Promise<NoticeReceipt> {
    return this.book.record(context, notice, { type: 'publish', ...publication }, ifRevision)
  }
}
