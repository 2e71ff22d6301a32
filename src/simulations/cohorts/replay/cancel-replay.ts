import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { CohortWriter } from '../cohort-writer.js'

/** Ends a replay: nothing more is computed again; comparisons that were made stay. */
export class CancelReplay extends Command<{ position: number | null }> {
  constructor(
    readonly context: CommandContext,
    readonly cohort: string,
    readonly replay: string,
  ) {
    super()
  }
}

@CommandHandler(CancelReplay)
export class CancelReplayHandler implements ICommandHandler<CancelReplay> {
  constructor(private readonly cohorts: CohortWriter) {}

  /** Sent again it changes nothing, and `position` is null. @throws NotFound `cohort-not-found`, `replay-not-found`; Conflict `replay-ended` */
  async execute({ context, cohort, replay }: CancelReplay): Promise<{ position: number | null }> {
    const { requested } = await this.cohorts.existing(cohort)
    const { idempotencyKey: _key, ...once } = context
    const command = { type: 'cancel-replay', replay } as const
    return { position: await this.cohorts.record(once, { cohort, trial: requested.trial, command }) }
  }
}
