import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { ForgettingJournal, type ForgettingReceipt } from '../forgetting/forgetting-journal.js'
import { ReopenHeldRequests } from './reopen-held-requests.js'

/** Ends a legal hold that nobody has approved, and opens again what it had stopped; of an approved one it is asked for. */
export class LiftHold extends Command<ForgettingReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly order: { subject: string; hold: string },
  ) {
    super()
  }
}

@CommandHandler(LiftHold)
export class LiftHoldHandler implements ICommandHandler<LiftHold> {
  constructor(
    private readonly forgetting: ForgettingJournal,
    private readonly commands: CommandBus,
  ) {}

  /** @throws NotFound `hold-not-found`; Conflict `hold-not-in-force`, `hold-lifting-pending` */
  async execute({ context, order: { subject, hold } }: LiftHold): Promise<ForgettingReceipt> {
    const receipt = await this.forgetting.record(context, subject, { type: 'lift-hold', hold })
    const { idempotencyKey: _key, ...once } = context
    await this.commands.execute(new ReopenHeldRequests(once, subject))
    return receipt
  }
}
