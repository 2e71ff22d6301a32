import { Injectable } from '@nestjs/common'
import { Journal } from '../journal/journal.js'
import { metadataOf } from '../journal/recorded-event.js'
import type { RandomisationEvent } from './events.js'
import { evolve, randomisationStream, UNDESIGNED, type RandomisationState } from './randomisation-state.js'

/** Of how many trials the arms are kept in memory, folded. */
const KEPT = 64

export interface Folded {
  state: RandomisationState
  revision: number
}

/** The arms of a trial as of this moment: what was folded is kept, and only what came since is read. */
@Injectable()
export class RandomisationReader {
  private readonly folded = new Map<string, Folded>()

  constructor(private readonly journal: Journal) {}

  /** A trial that nobody designed arms for is at revision -1. */
  async read(trial: string): Promise<Folded> {
    let { state, revision } = this.folded.get(trial) ?? { state: UNDESIGNED, revision: -1 }
    const since = await this.journal.store.readStream(randomisationStream(trial), { from: revision + 1 })
    for (const event of await this.journal.openAll(since)) {
      state = evolve(state, event as { type: string; data: object } as RandomisationEvent, metadataOf(event))
      revision = event.header.revision
    }
    this.keep(trial, { state, revision })
    return { state, revision }
  }

  private keep(trial: string, folded: Folded): void {
    // Another request may have read further meanwhile.
    if (folded.revision < 0 || folded.revision < (this.folded.get(trial)?.revision ?? -1)) return
    this.folded.delete(trial)
    this.folded.set(trial, folded)
    if (this.folded.size > KEPT) this.folded.delete(this.folded.keys().next().value!)
  }
}
