import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { IsNull, Repository } from 'typeorm'
import { isReviewOverdue } from '../../identity/emergency-review.js'
import type { CommandContext } from '../../journal/command-context.js'
import { SecurityAlerts } from '../../platform/security-alerts.js'
import { RandomisationWriter } from '../randomisation-writer.js'
import { UnblindingRow } from '../randomisation.rows.js'

/** Raises an alarm, once, for each emergency unblinding that nobody reviewed in time. */
export class ReportOverdueUnblindings extends Command<{ reported: number }> {
  constructor(
    readonly context: CommandContext,
    /** RFC 3339, UTC: reviews that were due at this moment or before. */
    readonly now: string,
  ) {
    super()
  }
}

@CommandHandler(ReportOverdueUnblindings)
export class ReportOverdueUnblindingsHandler implements ICommandHandler<ReportOverdueUnblindings> {
  constructor(
    private readonly writer: RandomisationWriter,
    private readonly alerts: SecurityAlerts,
    @InjectRepository(UnblindingRow) private readonly rows: Repository<UnblindingRow>,
  ) {}

  async execute({ context, now }: ReportOverdueUnblindings): Promise<{ reported: number }> {
    const waiting = await this.rows.findBy({ reviewedAt: IsNull(), overdueAt: IsNull() })
    let reported = 0
    for (const { trial, unblinding, actor, openedAt } of waiting) {
      if (!isReviewOverdue({ openedAt: openedAt.toISOString() }, now)) continue
      const command = { type: 'report-overdue', unblinding, at: now } as const
      if (!(await this.writer.commandIfDue(context, { trial, command }))) continue
      this.alerts.raise('unblinding-review-overdue', { trial, unblinding, actor })
      reported++
    }
    return { reported }
  }
}
