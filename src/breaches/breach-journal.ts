import { Injectable } from '@nestjs/common'
import type { CommandContext } from '../journal/command-context.js'
import { Journal } from '../journal/journal.js'
import { NotFound } from '../platform/errors.js'
import { PrivacyClock } from '../privacy/clock.js'
import { breachDecider, type BreachCommand } from './breach.js'
import { breachStream, type BreachState } from './breach-state.js'

/** What a step led to. */
export interface BreachReceipt {
  breach: string
  /** Null when there was nothing to record. */
  revision: number | null
  position: number | null
  replayed: boolean
}

/** Reads and writes breaches. */
@Injectable()
export class BreachJournal {
  constructor(
    private readonly journal: Journal,
    private readonly clock: PrivacyClock,
  ) {}

  /** @throws NotFound `breach-not-found` */
  async existing(breach: string): Promise<{ state: BreachState; revision: number }> {
    const { state, revision } = await this.journal.load(this.decider(), breachStream(breach))
    if (!state.recorded) throw new NotFound('breach-not-found', 'There is no such breach.')
    return { state, revision }
  }

  /** Errors are those of the decider and of `Journal.execute`. */
  async record(context: CommandContext, breach: string, command: BreachCommand): Promise<BreachReceipt> {
    const { events, replayed } = await this.journal.execute(context, {
      stream: breachStream(breach),
      decider: this.decider(),
      command,
      subject: breach,
    })
    const last = events.at(-1)
    return { breach, revision: last?.revision ?? null, position: last?.position ?? null, replayed }
  }

  private decider() {
    return breachDecider(this.clock.now().toISOString())
  }
}
