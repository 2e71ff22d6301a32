/** What the service does by itself from time to time: what died or was interrupted is ended or taken up again, what ran out or is overdue is noted. */
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { CommandBus, type Command } from '@nestjs/cqrs'
import { NoticeDueReviews } from './assessments/commands/notice-due-reviews.js'
import { DeleteStrayFiles } from './body/commands/delete-stray-files.js'
import { NoticeOverdueBreaches } from './breaches/commands/notice-overdue-breaches.js'
import { ExpireConsents } from './consents/commands/expire-consents.js'
import { asService } from './journal/service-actor.js'
import { MeasureClock } from './operations/clock/commands/measure-clock.js'
import { JsonLogger } from './platform/logging/logger.js'
import { Shutdown } from './platform/shutdown.js'
import { ReportOverdueUnblindings } from './randomisation/commands/report-overdue-unblindings.js'
import { ReportOverdueReviews } from './roster/commands/report-overdue-reviews.js'
import { FinishErasures } from './privacy/commands/finish-erasures.js'
import { NoticeOverdueRequests } from './privacy/commands/notice-overdue-requests.js'
import { ReopenHeldRequests } from './privacy/commands/reopen-held-requests.js'
import { StopWithdrawnErasures } from './privacy/commands/stop-withdrawn-erasures.js'
import { ReviewRetention } from './retention/commands/review-retention.js'
import { RequeueCohorts } from './simulations/cohorts/commands/requeue-cohorts.js'
import { FailInterruptedRuns } from './simulations/commands/fail-interrupted-runs.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Well above the time limit of a run, so that none under way is taken for dead, here or in another process. */
const RUN_GRACE_MS = 10 * MINUTE_MS
/** Well above what lies between writing a file and recording it. */
const FILE_GRACE_MS = HOUR_MS

/**
 * Each sweep runs at the start and at its interval, one at a time. Several processes may do the same: a run that ended and a
 * consent that expired stay as they are.
 */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap {
  constructor(
    private readonly commands: CommandBus,
    private readonly log: JsonLogger,
    private readonly shutdown: Shutdown,
  ) {}

  onApplicationBootstrap(): void {
    const before = (ms: number) => new Date(Date.now() - ms).toISOString()
    this.repeat('interrupted runs', MINUTE_MS, () => new FailInterruptedRuns(asService(), before(RUN_GRACE_MS)))
    this.repeat('overdue reviews', HOUR_MS, () => new ReportOverdueReviews(asService()))
    this.repeat('overdue reviews of unblindings', HOUR_MS, () => new ReportOverdueUnblindings(asService(), before(0)))
    this.repeat('stranded cohorts', MINUTE_MS, () => new RequeueCohorts(before(MINUTE_MS)))
    this.repeat('expired consents', HOUR_MS, () => new ExpireConsents(asService(), before(0)))
    this.repeat('interrupted erasures', MINUTE_MS, () => new FinishErasures(asService()))
    this.repeat('erasures whose request is open again', MINUTE_MS, () => new StopWithdrawnErasures(asService()))
    this.repeat('requests without their hold', MINUTE_MS, () => new ReopenHeldRequests(asService()))
    this.repeat('records whose period ended', HOUR_MS, () => new ReviewRetention(asService()))
    this.repeat('overdue breaches', MINUTE_MS, () => new NoticeOverdueBreaches(asService()))
    this.repeat('impact assessments to review', HOUR_MS, () => new NoticeDueReviews(asService()))
    this.repeat('files that no event names', HOUR_MS, () => new DeleteStrayFiles(before(FILE_GRACE_MS)))
    this.repeat('the clock', MINUTE_MS, () => new MeasureClock(asService()))
    this.repeat('overdue requests', HOUR_MS, () => new NoticeOverdueRequests(asService()))
  }

  private repeat(name: string, everyMs: number, command: () => Command<unknown>): void {
    let sweep: Promise<void> | undefined
    const begin = () => {
      sweep ??= this.sweep(name, command()).finally(() => (sweep = undefined))
    }
    const timer = setInterval(begin, everyMs)
    begin()
    this.shutdown.onPhase('stop-accepting', name, () => {
      clearInterval(timer)
      return sweep
    })
  }

  /** A sweep that fails is made up for by the next. */
  private async sweep(name: string, command: Command<unknown>): Promise<void> {
    try {
      await this.commands.execute(command)
    } catch (error) {
      this.log.warn('A sweep failed; it is tried again.', { sweep: name, error })
    }
  }
}
