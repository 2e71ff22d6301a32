import { Injectable } from '@nestjs/common'
import type { CommandContext } from '../journal/command-context.js'
import { Journal } from '../journal/journal.js'
import { trialDecider, type TrialCommand } from './trial.js'
import { trialStream } from './trial-state.js'

/** What a change led to. */
export interface TrialReceipt {
  trial: string
  /** Revision of the trial after the change; null when there was nothing to record. */
  revision: number | null
  position: number | null
  replayed: boolean
}

export interface TrialChange {
  trial: string
  /** The revision the caller saw (`If-Match`). */
  ifRevision?: number
  /** The person an enrolment or withdrawal is about. */
  subject?: string
  command: TrialCommand
}

/** Records changes of trials, those of one trial one after the other: enrolments at many sites do not trip each other up. */
@Injectable()
export class TrialWriter {
  private readonly queues = new Map<string, Promise<unknown>>()

  constructor(private readonly journal: Journal) {}

  /** @throws RevisionConflict, Unprocessable `idempotency-key-reused`, and what the decider throws */
  async command(context: CommandContext, change: TrialChange): Promise<TrialReceipt> {
    const { trial } = change
    const before = this.queues.get(trial) ?? Promise.resolve()
    const mine = before.catch(() => undefined).then(() => this.execute(context, change))
    this.queues.set(trial, mine)
    try {
      return await mine
    } finally {
      if (this.queues.get(trial) === mine) this.queues.delete(trial)
    }
  }

  private async execute(context: CommandContext, { trial, ...change }: TrialChange): Promise<TrialReceipt> {
    const stream = trialStream(trial)
    const receipt = await this.journal.execute(context, { ...change, stream, trial, decider: trialDecider })
    const last = receipt.events.at(-1)
    return {
      trial,
      revision: last?.revision ?? null,
      position: last?.position ?? null,
      replayed: receipt.replayed,
    }
  }
}
