import { Injectable } from '@nestjs/common'
import { Journal, type HistoryPoint } from '../journal/journal.js'
import { metadataOf, type RecordedEvent } from '../journal/recorded-event.js'
import { consentStream, evolve, NO_CONSENTS, type ConsentState } from './consent-state.js'
import type { ConsentEvent } from './events.js'

/** What decisions rest on and is sealed all the same. Comments stay closed: no decision depends on them. */
const OPENED = ['consent.disease-limit-recorded'] as const satisfies readonly ConsentEvent['type'][]

/** The consent streams of these people, with what decisions rest on opened. */
export function readConsents(journal: Journal, subjects: readonly string[]): Promise<Map<string, RecordedEvent[]>> {
  return journal.readManyCoded(subjects.map(consentStream), OPENED)
}

/** Folds a person's consents from the ledger. */
@Injectable()
export class ConsentReader {
  constructor(private readonly journal: Journal) {}

  /** The consents as of now, a revision or a time; none when nothing was ever recorded. */
  async state(subject: string, point: HistoryPoint = {}): Promise<{ state: ConsentState; revision: number }> {
    return foldConsents(await this.journal.readCoded(consentStream(subject), point, OPENED))
  }
}

/** @param events of a consent stream, from its first on */
export function foldConsents(events: readonly RecordedEvent[]): { state: ConsentState; revision: number } {
  let state = NO_CONSENTS
  for (const event of events) if (event.data !== null) state = evolve(state, event as ConsentEvent, metadataOf(event))
  return { state, revision: events.at(-1)?.header.revision ?? -1 }
}
