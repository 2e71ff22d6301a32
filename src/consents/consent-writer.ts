import { Injectable } from '@nestjs/common'
import type { CommandContext } from '../journal/command-context.js'
import { Journal } from '../journal/journal.js'
import type { RecordedEvent } from '../journal/recorded-event.js'
import { consentDecider, type ConsentCommand } from './consent.js'
import { consentStream, type ConsentState } from './consent-state.js'
import type { ConsentEvent } from './events.js'

/** What a decision about consents led to. */
export interface ConsentReceipt {
  subject: string
  /** Of the consent stream after the decision; null when there was nothing to record. */
  revision: number | null
  /** Of the last event in the log; null when there was nothing to record. */
  position: number | null
  /** What was recorded, in order, as codes. */
  events: RecordedEvent<ConsentEvent>[]
  replayed: boolean
}

/** One decision about one person's consents. */
export interface ConsentChange {
  subject: string
  command: ConsentCommand
  trial?: string
  /** The revision of the consent stream that the caller saw (`If-Match`). */
  ifRevision?: number
}

/** Records decisions on the consent stream, at the revision they were made on: whoever comes second decides again. */
@Injectable()
export class ConsentWriter {
  constructor(private readonly journal: Journal) {}

  /** Errors are those of `decideAt` and `Journal.execute`. */
  async record(context: CommandContext, { subject, ...change }: ConsentChange): Promise<ConsentReceipt> {
    const decider = consentDecider(new Date().toISOString())
    const stream = consentStream(subject)
    const receipt = await this.journal.execute<ConsentState, ConsentCommand, ConsentEvent>(context, {
      ...change,
      subject,
      stream,
      decider,
    })
    const [first, last] = [receipt.events[0], receipt.events.at(-1)]
    if (!first || !last) return { subject, revision: null, position: null, events: [], replayed: false }
    const recorded = await this.journal.readCoded(stream, { toRevision: last.revision })
    const events = recorded.slice(first.revision) as RecordedEvent<ConsentEvent>[]
    return { subject, revision: last.revision, position: last.position, events, replayed: receipt.replayed }
  }
}
