import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { In, IsNull, LessThanOrEqual, Not, Repository } from 'typeorm'
import { openParts } from '../cohort.js'
import { CohortRow } from '../cohort.row.js'
import { CohortWriter } from '../cohort-writer.js'
import { CohortQueue } from '../queue/cohort-queue.js'
import { openReplayParts } from '../replay/replay-parts.js'
import { runningOf } from '../replay/replay-state.js'

/** Puts parts back into the queue that are neither in it nor ended, because a process died between recording and queueing. */
export class RequeueCohorts extends Command<void> {
  constructor(
    /** RFC 3339, UTC: cohorts asked for until then. */
    readonly until: string,
  ) {
    super()
  }
}

@CommandHandler(RequeueCohorts)
export class RequeueCohortsHandler implements ICommandHandler<RequeueCohorts> {
  constructor(
    private readonly cohorts: CohortWriter,
    private readonly queue: CohortQueue,
    @InjectRepository(CohortRow) private readonly rows: Repository<CohortRow>,
  ) {}

  async execute({ until }: RequeueCohorts): Promise<void> {
    const open = await this.rows.find({
      select: { cohort: true },
      where: [
        { status: In(['running', 'cancelling']), requestedAt: LessThanOrEqual(new Date(until)) },
        { replaying: Not(IsNull()) },
      ],
    })
    for (const { cohort } of open) {
      const { state } = await this.cohorts.existing(cohort)
      await this.queue.ensure(cohort, openParts(state))
      for (const replay of runningOf(state.replays))
        await this.queue.ensure(cohort, openReplayParts(state, replay), replay)
    }
  }
}
