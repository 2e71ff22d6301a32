import { Injectable } from '@nestjs/common'
import { Journal, type HistoryPoint } from '../journal/journal.js'
import { metadataOf, type RecordedEvent } from '../journal/recorded-event.js'
import { IntegrityError, NotFound } from '../platform/errors.js'
import { items } from './chain.js'
import type { Custody, TwinMergedInto } from './events.js'
import { withAbsorbed } from './fact-history.js'
import { evolve, twinStream, UNREGISTERED, type ReadableTwinEvent, type TwinState } from './twin-state.js'

/** A chain of merges longer than this is a mistake, not a history. */
const DEEPEST_MERGE = 16

/** Folds twins from the ledger. What it returns is opened: showing it to somebody goes through AccessRecorder. */
@Injectable()
export class TwinReader {
  constructor(private readonly journal: Journal) {}

  /** The twin as of now, a revision or a time, with the facts of the twins merged into it; unregistered if there is none. */
  async state(twin: string, point: HistoryPoint = {}): Promise<TwinState> {
    return this.fold(twin, point, DEEPEST_MERGE)
  }

  /** Many twins as of now or before a position, in one reading of the store; those that do not exist are left out. */
  async states(twins: readonly string[], point: Pick<HistoryPoint, 'below'> = {}): Promise<Map<string, TwinState>> {
    const streams = await this.journal.readMany(twins.map(twinStream), point)
    const found = new Map<string, TwinState>()
    for (const twin of twins) {
      const state = folded(streams.get(twinStream(twin))!)
      if (state.status === 'unregistered') continue
      found.set(twin, state.absorbed === null ? state : await this.state(twin, point))
    }
    return found
  }

  /** @throws NotFound `twin-not-found`: there is no such twin, or there was none at that point */
  async existing(twin: string, point: HistoryPoint = {}): Promise<TwinState> {
    const state = await this.state(twin, point)
    if (state.status === 'unregistered') throw new NotFound('twin-not-found', 'There is no such twin.')
    return state
  }

  /**
   * Whose twin it is and who answers for it, without opening anything sealed.
   *
   * @throws NotFound `twin-not-found`
   */
  async responsible(twin: string): Promise<{ subject: string; custody: Custody }> {
    const { subject, custody } = await this.closed(twin)
    if (subject === null || custody === null) throw new NotFound('twin-not-found', 'There is no such twin.')
    return { subject, custody }
  }

  /** The twin at a point with everything that is sealed left closed: whose it is and where it stands, and no value. */
  async closed(twin: string, point: HistoryPoint = {}): Promise<TwinState> {
    return folded(await this.journal.readCoded(twinStream(twin), point))
  }

  /** The twin that takes changes today: the last survivor of the merges it went through; null if there is none. */
  async survivorOf(twin: string): Promise<{ twin: string; subject: string } | null> {
    let survivor = twin
    for (let merge = 0; merge < DEEPEST_MERGE; merge++) {
      const stream = twinStream(survivor)
      // Nothing follows the event that ends a twin.
      const [last] = await this.journal.store.readStream(stream, { direction: 'backwards', limit: 1 })
      if (!last) return null
      const [event] = await this.journal.openAll([last])
      if (event?.type !== 'twin.merged-into') return { twin: survivor, subject: last.header.subject! }
      survivor = (event as RecordedEvent<TwinMergedInto>).data!.survivor
    }
    throw new IntegrityError('merge-chain-endless', 'The merges of this twin do not come to an end.', { twin })
  }

  private async fold(twin: string, point: HistoryPoint, depth: number): Promise<TwinState> {
    const state = folded(await this.journal.read(twinStream(twin), point))
    if (depth === 0) return state
    const absorbed = await Promise.all(
      items(state.absorbed).map(({ merged, revision }) => this.fold(merged, { toRevision: revision }, depth - 1)),
    )
    return withAbsorbed(state, absorbed)
  }
}

function folded(events: readonly RecordedEvent[]): TwinState {
  return events.reduce((state, event) => evolve(state, event as ReadableTwinEvent, metadataOf(event)), UNREGISTERED)
}
