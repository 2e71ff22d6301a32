import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { isReviewOverdue } from '../../identity/emergency-review.js'
import type { CommandContext } from '../../journal/command-context.js'
import { LiveRoster } from '../live-roster.js'
import { SecurityAlerts } from '../../platform/security-alerts.js'
import { ChangeRoster } from './change-roster.js'

/** Raises an alarm, once, for each emergency access that nobody reviewed in time. */
export class ReportOverdueReviews extends Command<void> {
  constructor(readonly context: CommandContext) {
    super()
  }
}

@CommandHandler(ReportOverdueReviews)
export class ReportOverdueReviewsHandler implements ICommandHandler<ReportOverdueReviews> {
  constructor(
    private readonly commands: CommandBus,
    private readonly live: LiveRoster,
    private readonly alerts: SecurityAlerts,
  ) {}

  async execute({ context }: ReportOverdueReviews): Promise<void> {
    const now = this.live.momentAt()
    const due = [...this.live.current.emergencies.values()].filter(
      (one) => !one.overdueReported && isReviewOverdue(one, now),
    )
    for (const { emergency, actor } of due) {
      const { events } = await this.commands.execute(new ChangeRoster(context, { do: 'report-overdue', emergency }))
      if (events.length > 0) this.alerts.raise('emergency-review-overdue', { emergency, actor })
    }
  }
}
