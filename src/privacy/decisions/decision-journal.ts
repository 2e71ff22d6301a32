import { Injectable } from '@nestjs/common'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { NotFound } from '../../platform/errors.js'
import { decisionDecider, type DecisionCommand } from './decision.js'
import { decisionStream, type DecisionState } from './decision-state.js'

/** What a step of a decision led to. */
export interface DecisionReceipt {
  decision: string
  /** Null when there was nothing to record. */
  revision: number | null
  position: number | null
  replayed: boolean
}

/** A decision that was proposed. */
export type KnownDecision = DecisionState & { proposed: NonNullable<DecisionState['proposed']> }

@Injectable()
export class DecisionJournal {
  constructor(private readonly journal: Journal) {}

  /** @throws NotFound `decision-not-found` */
  async existing(decision: string): Promise<KnownDecision> {
    const { state } = await this.journal.load(decisionDecider, decisionStream(decision))
    if (!state.proposed) throw new NotFound('decision-not-found', 'There is no such decision.')
    return state as KnownDecision
  }

  /** Errors are those of the decider and of `Journal.execute`. */
  async record(
    context: CommandContext,
    { decision, ...owner }: { decision: string; subject: string; trial?: string },
    command: DecisionCommand,
  ): Promise<DecisionReceipt> {
    const stream = decisionStream(decision)
    const { events, replayed } = await this.journal.execute(context, {
      stream,
      decider: decisionDecider,
      command,
      ...owner,
    })
    const last = events.at(-1)
    return { decision, revision: last?.revision ?? null, position: last?.position ?? null, replayed }
  }

  /** The next step of a decision that was proposed. @throws NotFound `decision-not-found` */
  async continue(context: CommandContext, decision: string, command: DecisionCommand): Promise<DecisionReceipt> {
    const { subject, trial } = (await this.existing(decision)).proposed
    return this.record(context, { decision, subject, ...(trial !== undefined && { trial }) }, command)
  }
}
