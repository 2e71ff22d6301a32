import { randomUUID } from 'node:crypto'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { Journal } from '../../../journal/journal.js'
import { CohortWriter } from '../cohort-writer.js'
import { CohortQueue } from '../queue/cohort-queue.js'
import { PartWorker } from '../queue/part-worker.js'
import { openReplayParts } from './replay-parts.js'

export interface ReplayRequested {
  cohort: string
  replay: string
  /** After the last event; null when the same Idempotency-Key had brought this replay before. */
  position: number | null
}

/** Asks that every completed run of a cohort be computed again, from the ledger alone. Answers once that is in the queue. */
export class RequestReplay extends Command<ReplayRequested> {
  constructor(
    readonly context: CommandContext,
    readonly cohort: string,
  ) {
    super()
  }
}

@CommandHandler(RequestReplay)
export class RequestReplayHandler implements ICommandHandler<RequestReplay> {
  constructor(
    private readonly cohorts: CohortWriter,
    private readonly queue: CohortQueue,
    private readonly worker: PartWorker,
    private readonly journal: Journal,
  ) {}

  /** @throws NotFound `cohort-not-found`; Conflict `cohort-not-ended`, `replay-running`; Unavailable `queue-full` */
  async execute({ context, cohort }: RequestReplay): Promise<ReplayRequested> {
    const { idempotencyKey: key, ...once } = context
    const replay =
      key === undefined ? randomUUID() : this.journal.deriveEventId('cohort-replay', cohort, context.actor.id, key)
    const { state, requested } = await this.cohorts.existing(cohort)
    await this.queue.assertRoom(state.parts)
    const { trial } = requested
    const position = await this.cohorts.record(once, { cohort, trial, command: { type: 'request-replay', replay } })
    const { state: current } = await this.cohorts.existing(cohort)
    await this.queue.ensure(cohort, openReplayParts(current, replay), replay)
    this.worker.wake()
    return { cohort, replay, position }
  }
}
