import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import type { ContestJudgement } from '../decision.js'
import { DecisionJournal, type DecisionReceipt } from '../decision-journal.js'

/** A person who had no part in a decision upholds, changes or overturns it, because whom it concerns contests it. */
export class JudgeContest extends Command<DecisionReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly judgement: { decision: string } & Omit<ContestJudgement, 'type' | 'by'>,
  ) {
    super()
  }
}

@CommandHandler(JudgeContest)
export class JudgeContestHandler implements ICommandHandler<JudgeContest> {
  constructor(private readonly decisions: DecisionJournal) {}

  /**
   * @throws NotFound `decision-not-found`, `decision-contest-not-found`; Conflict `decision-out-of-order`; Forbidden
   *   `second-person-required`; InvalidRequest `decision-meaning-required`
   */
  execute({ context, judgement: { decision, ...judgement } }: JudgeContest): Promise<DecisionReceipt> {
    return this.decisions.continue(context, decision, { type: 'judge-contest', by: context.actor.id, ...judgement })
  }
}
