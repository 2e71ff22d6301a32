import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { ForgettingJournal, type ForgettingReceipt } from '../forgetting/forgetting-journal.js'
import { ReopenHeldRequests } from './reopen-held-requests.js'

/** A second person approves a legal hold, or ends it. */
export class JudgeHold extends Command<ForgettingReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly judgement: { subject: string; hold: string; approved: boolean },
  ) {
    super()
  }
}

@CommandHandler(JudgeHold)
export class JudgeHoldHandler implements ICommandHandler<JudgeHold> {
  constructor(
    private readonly forgetting: ForgettingJournal,
    private readonly commands: CommandBus,
  ) {}

  /** @throws NotFound `hold-not-found`; Conflict `hold-decided`; Forbidden `second-person-required` */
  async execute({ context, judgement: { subject, hold, approved } }: JudgeHold): Promise<ForgettingReceipt> {
    const type = approved ? 'approve-hold' : 'reject-hold'
    const receipt = await this.forgetting.record(context, subject, { type, hold, by: context.actor.id })
    const { idempotencyKey: _key, ...once } = context
    if (!approved) await this.commands.execute(new ReopenHeldRequests(once, subject))
    return receipt
  }
}
