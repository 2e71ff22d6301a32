import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { CohortWriter } from '../cohort-writer.js'

/** Ends a cohort: nothing more is begun, what is under way is stopped, what has ended stays. */
export class CancelCohort extends Command<{ cohort: string; position: number | null }> {
  constructor(
    readonly context: CommandContext,
    readonly cohort: string,
  ) {
    super()
  }
}

@CommandHandler(CancelCohort)
export class CancelCohortHandler implements ICommandHandler<CancelCohort> {
  constructor(private readonly cohorts: CohortWriter) {}

  /** Sent again it changes nothing, and `position` is null. @throws NotFound `cohort-not-found`; Conflict `cohort-ended` */
  async execute({ context, cohort }: CancelCohort): Promise<{ cohort: string; position: number | null }> {
    const { requested } = await this.cohorts.existing(cohort)
    const { idempotencyKey: _key, ...once } = context
    const position = await this.cohorts.record(once, { cohort, trial: requested.trial, command: { type: 'cancel' } })
    return { cohort, position }
  }
}
