import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { DecisionJournal, type DecisionReceipt } from '../decision-journal.js'

/** A person other than who proposed it agrees to a decision, or ends it. */
export class ReviewDecision extends Command<DecisionReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly review: { decision: string; agrees: boolean; reasons: string },
  ) {
    super()
  }
}

@CommandHandler(ReviewDecision)
export class ReviewDecisionHandler implements ICommandHandler<ReviewDecision> {
  constructor(private readonly decisions: DecisionJournal) {}

  /** @throws NotFound `decision-not-found`; Conflict `decision-out-of-order`; Forbidden `second-person-required` */
  execute({ context, review: { decision, ...review } }: ReviewDecision): Promise<DecisionReceipt> {
    return this.decisions.continue(context, decision, { type: 'review', by: context.actor.id, ...review })
  }
}
