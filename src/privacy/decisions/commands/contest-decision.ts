import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { DecisionJournal, type DecisionReceipt } from '../decision-journal.js'

/** Opens a decision to a review by a person, because whom it concerns asked for one. */
export class ContestDecision extends Command<DecisionReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly contest: { decision: string; request: string },
  ) {
    super()
  }
}

@CommandHandler(ContestDecision)
export class ContestDecisionHandler implements ICommandHandler<ContestDecision> {
  constructor(private readonly decisions: DecisionJournal) {}

  /** Once for each request. @throws NotFound `decision-not-found`; Conflict `decision-out-of-order`: it does not hold */
  execute({ context, contest: { decision, request } }: ContestDecision): Promise<DecisionReceipt> {
    const { idempotencyKey: _key, ...once } = context
    return this.decisions.continue(once, decision, { type: 'contest', request })
  }
}
