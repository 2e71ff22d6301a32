import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { LessThanOrEqual, Repository } from 'typeorm'
import type { CommandContext } from '../../journal/command-context.js'
import { ConsentRow } from '../consent.row.js'
import { ConsentWriter } from '../consent-writer.js'

/**
 * Records the expiry of every consent whose time has run out. No use depends on it, because each authorisation looks at the
 * time itself; it keeps the lists true of consents that nobody uses.
 */
export class ExpireConsents extends Command<{ expired: number }> {
  constructor(
    readonly context: CommandContext,
    /** RFC 3339, UTC: consents that end at this moment or before. */
    readonly now: string,
  ) {
    super()
  }
}

@CommandHandler(ExpireConsents)
export class ExpireConsentsHandler implements ICommandHandler<ExpireConsents> {
  constructor(
    private readonly writer: ConsentWriter,
    @InjectRepository(ConsentRow) private readonly rows: Repository<ConsentRow>,
  ) {}

  async execute({ context, now }: ExpireConsents): Promise<{ expired: number }> {
    const due = await this.rows.find({
      select: { subject: true },
      where: { status: 'given', expiresAt: LessThanOrEqual(new Date(now)) },
    })
    let expired = 0
    for (const subject of new Set(due.map((row) => row.subject))) {
      const { events } = await this.writer.record(context, { subject, command: { type: 'expire' } })
      expired += events.length
    }
    return { expired }
  }
}
