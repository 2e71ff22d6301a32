import { Injectable } from '@nestjs/common'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal, type Receipt } from '../../journal/journal.js'
import { forgettingDecider, type ForgettingCommand } from './forgetting.js'
import { forgettingStream, type ForgettingState } from './forgetting-state.js'

/** What a decision about forgetting led to. */
export interface ForgettingReceipt {
  /** Of the person's forgetting stream; null when there was nothing to record. */
  revision: number | null
  position: number | null
  replayed: boolean
}

/** Reads and writes what is decided about forgetting one person; whoever comes second decides again. */
@Injectable()
export class ForgettingJournal {
  constructor(private readonly journal: Journal) {}

  async state(subject: string): Promise<ForgettingState> {
    return (await this.journal.load(forgettingDecider, forgettingStream(subject))).state
  }

  /** Errors are those of the decider and of `Journal.execute`. */
  async record(context: CommandContext, subject: string, command: ForgettingCommand): Promise<ForgettingReceipt> {
    return receiptOf(await this.execute(context, subject, command))
  }

  /** As `record`, with what was appended. */
  execute(context: CommandContext, subject: string, command: ForgettingCommand): Promise<Receipt> {
    return this.journal.execute(context, {
      stream: forgettingStream(subject),
      decider: forgettingDecider,
      command,
      subject,
    })
  }
}

function receiptOf({ events, replayed }: Receipt): ForgettingReceipt {
  const last = events.at(-1)
  return { revision: last?.revision ?? null, position: last?.position ?? null, replayed }
}
