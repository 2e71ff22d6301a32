import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { ForgettingJournal, type ForgettingReceipt } from '../forgetting/forgetting-journal.js'
import { ReopenHeldRequests } from './reopen-held-requests.js'

/** A second person agrees to lift an approved legal hold, or leaves it in force. */
export class JudgeLifting extends Command<ForgettingReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly judgement: { subject: string; hold: string; approved: boolean },
  ) {
    super()
  }
}

@CommandHandler(JudgeLifting)
export class JudgeLiftingHandler implements ICommandHandler<JudgeLifting> {
  constructor(
    private readonly forgetting: ForgettingJournal,
    private readonly commands: CommandBus,
  ) {}

  /** @throws NotFound `hold-not-found`; Conflict `hold-lifting-not-asked`; Forbidden `second-person-required` */
  async execute({ context, judgement: { subject, hold, approved } }: JudgeLifting): Promise<ForgettingReceipt> {
    const type = approved ? 'approve-lifting' : 'refuse-lifting'
    const receipt = await this.forgetting.record(context, subject, { type, hold, by: context.actor.id })
    const { idempotencyKey: _key, ...once } = context
    if (approved) await this.commands.execute(new ReopenHeldRequests(once, subject))
    return receipt
  }
}
