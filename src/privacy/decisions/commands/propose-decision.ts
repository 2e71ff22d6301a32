import { randomUUID } from 'node:crypto'
import { Command, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { Journal } from '../../../journal/journal.js'
import { FindRun } from '../../../simulations/queries/find-run.js'
import { DecisionJournal, type DecisionReceipt } from '../decision-journal.js'
import type { DecisionMatter } from '../events.js'

/** Proposes a decision about a person that rests on the result of a run. */
export class ProposeDecision extends Command<DecisionReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly proposal: { run: string; matter: DecisionMatter; significant: boolean; meaning: string },
  ) {
    super()
  }
}

@CommandHandler(ProposeDecision)
export class ProposeDecisionHandler implements ICommandHandler<ProposeDecision> {
  constructor(
    private readonly decisions: DecisionJournal,
    private readonly journal: Journal,
    private readonly queries: QueryBus,
  ) {}

  /** @throws NotFound `run-not-found`; Conflict `decision-run-not-completed`, `decision-run-exploratory` */
  async execute({ context, proposal }: ProposeDecision): Promise<DecisionReceipt> {
    const { idempotencyKey: key, actor } = context
    const { status, stamp, ...owner } = await this.queries.execute(new FindRun(proposal.run))
    const decision = key === undefined ? randomUUID() : this.journal.deriveEventId('decision', actor.id, key)
    const command = { type: 'propose', completed: status === 'completed', stamp, ...proposal } as const
    return this.decisions.record(context, { decision, ...owner }, command)
  }
}
