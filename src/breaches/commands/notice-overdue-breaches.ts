import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { IsNull, Repository } from 'typeorm'
import type { CommandContext } from '../../journal/command-context.js'
import { BreachJournal } from '../breach-journal.js'
import { BreachRow } from '../breach.row.js'

/** Records each missed 72 hours once. */
export class NoticeOverdueBreaches extends Command<{ noticed: number }> {
  constructor(readonly context: CommandContext) {
    super()
  }
}

@CommandHandler(NoticeOverdueBreaches)
export class NoticeOverdueBreachesHandler implements ICommandHandler<NoticeOverdueBreaches> {
  constructor(
    private readonly breaches: BreachJournal,
    @InjectRepository(BreachRow) private readonly rows: Repository<BreachRow>,
  ) {}

  async execute({ context }: NoticeOverdueBreaches): Promise<{ noticed: number }> {
    const waiting = await this.rows.findBy({ status: 'open', settledAt: IsNull(), overdueAt: IsNull() })
    let noticed = 0
    for (const { breach } of waiting) {
      const { revision } = await this.breaches.record(context, breach, { type: 'notice-overdue' })
      if (revision !== null) noticed++
    }
    return { noticed }
  }
}
