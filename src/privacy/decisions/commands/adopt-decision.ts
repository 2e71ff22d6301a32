import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { DecisionJournal, type DecisionReceipt } from '../decision-journal.js'

/** Lets a decision hold. */
export class AdoptDecision extends Command<DecisionReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly decision: string,
  ) {
    super()
  }
}

@CommandHandler(AdoptDecision)
export class AdoptDecisionHandler implements ICommandHandler<AdoptDecision> {
  constructor(private readonly decisions: DecisionJournal) {}

  /** @throws NotFound `decision-not-found`; Conflict `decision-review-required`, `decision-out-of-order` */
  execute({ context, decision }: AdoptDecision): Promise<DecisionReceipt> {
    return this.decisions.continue(context, decision, { type: 'adopt' })
  }
}
