import { Injectable } from '@nestjs/common'
import { Journal } from '../journal/journal.js'
import { metadataOf } from '../journal/recorded-event.js'
import { NotFound } from '../platform/errors.js'
import type { TrialEvent } from './events.js'
import { evolve, trialStream, UNREGISTERED, type TrialState } from './trial-state.js'

/** How many trials are kept in memory, folded. */
const KEPT = 64

interface Folded {
  state: TrialState
  revision: number
}

/**
 * Trials as of this moment. What was folded is kept and only what came since is read, so asking whether a person is
 * enrolled is exact and cheap at once, however many are.
 */
@Injectable()
export class TrialReader {
  private readonly folded = new Map<string, Folded>()

  constructor(private readonly journal: Journal) {}

  async read(trial: string): Promise<Folded> {
    let { state, revision } = this.folded.get(trial) ?? { state: UNREGISTERED, revision: -1 }
    const since = await this.journal.store.readStream(trialStream(trial), { from: revision + 1 })
    for (const event of await this.journal.openAll(since)) {
      state = evolve(state, event as { type: string; data: object } as TrialEvent, metadataOf(event))
      revision = event.header.revision
    }
    this.keep(trial, { state, revision })
    return { state, revision }
  }

  /** @throws NotFound `trial-not-found` */
  async existing(trial: string): Promise<Folded> {
    const folded = await this.read(trial)
    if (folded.state.status === 'unregistered') throw new NotFound('trial-not-found', 'There is no such trial.')
    return folded
  }

  private keep(trial: string, folded: Folded): void {
    // Another request may have read further meanwhile.
    if (folded.revision < 0 || folded.revision < (this.folded.get(trial)?.revision ?? -1)) return
    this.folded.delete(trial)
    this.folded.set(trial, folded)
    if (this.folded.size > KEPT) this.folded.delete(this.folded.keys().next().value!)
  }
}
