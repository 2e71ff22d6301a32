import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { ErasureProcess } from '../forgetting/erasure-process.js'
import { ForgettingJournal } from '../forgetting/forgetting-journal.js'
import type { ErasureStatus } from '../forgetting/forgetting-state.js'
import { RetentionGuard } from '../forgetting/retention-guard.js'

export interface ErasureProgress {
  erasure: string
  status: ErasureStatus
  /** Of the last step. */
  position: number
}

/** An administrator, who sees nothing of the person, sets the erasure going; from here on it runs to its end. */
export class ExecuteErasure extends Command<ErasureProgress> {
  constructor(
    readonly context: CommandContext,
    readonly erasure: { subject: string; erasure: string },
  ) {
    super()
  }
}

@CommandHandler(ExecuteErasure)
export class ExecuteErasureHandler implements ICommandHandler<ExecuteErasure> {
  constructor(
    private readonly forgetting: ForgettingJournal,
    private readonly process: ErasureProcess,
    private readonly retention: RetentionGuard,
  ) {}

  /**
   * @throws Conflict `legal-hold-active`, `hold-request-pending`, `erasure-not-awaiting`
   * @throws Conflict `retention-period-running`: the law keeps by now what was to be erased; the request is decided anew
   * @throws Forbidden `second-person-required`
   * @throws Unavailable a step could not be taken now; the erasure has begun and goes on by itself
   */
  async execute({ context, erasure: { subject, erasure } }: ExecuteErasure): Promise<ErasureProgress> {
    const { idempotencyKey: _key, ...once } = context
    const confirmed = (await this.forgetting.state(subject)).erasures.get(erasure)
    if (confirmed?.status === 'confirmed') await this.retention.mustStillNotBeKept(once, subject, confirmed)
    await this.forgetting.record(context, subject, { type: 'start-erasure', erasure, by: context.actor.id })
    const { status, steps } = await this.process.finish(once, subject, erasure)
    return { erasure, status, position: steps.at(-1)!.position }
  }
}
