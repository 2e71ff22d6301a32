import { Injectable } from '@nestjs/common'
import { Journal, type HistoryPoint } from '../journal/journal.js'
import { metadataOf, type RecordedEvent } from '../journal/recorded-event.js'
import { consentStream, evolve, NO_CONSENTS, type ConsentState } from './consent-state.js'
import type { ConsentEvent } from './events.js'

/** Folds a person's consents from the ledger. Comments stay sealed: no decision depends on them. */
@Injectable()
export class ConsentReader {
  constructor(private readonly journal: Journal) {}

  /** The consents as of now, a revision or a time; none when nothing was ever recorded. */
  async state(subject: string, point: HistoryPoint = {}): Promise<{ state: ConsentState; revision: number }> {
    return foldConsents(await this.journal.readCoded(consentStream(subject), point))
  }
}

/** @param events of a consent stream, from its first on */
export function foldConsents(events: readonly RecordedEvent[]): { state: ConsentState; revision: number } {
  let state = NO_CONSENTS
  for (const event of events) if (event.data !== null) state = evolve(state, event as ConsentEvent, metadataOf(event))
  return { state, revision: events.at(-1)?.header.revision ?? -1 }
}
