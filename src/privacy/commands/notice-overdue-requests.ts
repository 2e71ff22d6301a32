import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { IsNull, LessThan, Repository } from 'typeorm'
import type { CommandContext } from '../../journal/command-context.js'
import { PrivacyClock } from '../clock.js'
import { PrivacyRequestRow } from '../privacy.rows.js'
import { RequestJournal } from '../requests/request-journal.js'

/** Records each missed deadline once: the alarm is part of the history, whoever looked or did not. */
export class NoticeOverdueRequests extends Command<{ noticed: number }> {
  constructor(readonly context: CommandContext) {
    super()
  }
}

@CommandHandler(NoticeOverdueRequests)
export class NoticeOverdueRequestsHandler implements ICommandHandler<NoticeOverdueRequests> {
  constructor(
    private readonly requests: RequestJournal,
    private readonly clock: PrivacyClock,
    @InjectRepository(PrivacyRequestRow) private readonly rows: Repository<PrivacyRequestRow>,
  ) {}

  async execute({ context }: NoticeOverdueRequests): Promise<{ noticed: number }> {
    const dueAt = LessThan(this.clock.now())
    const missed = await this.rows.findBy({ dueAt, answeredAt: IsNull(), overdueAt: IsNull() })
    let noticed = 0
    for (const { request, subject } of missed) {
      const { revision } = await this.requests.record(context, { request, subject }, { type: 'notice-overdue' })
      if (revision !== null) noticed++
    }
    return { noticed }
  }
}
