import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import type { RevocationList } from '../identity/revocation-list.js'
import { Journal } from '../journal/journal.js'
import { Shutdown } from '../platform/shutdown.js'
import { ROSTER_STREAM } from './events.js'
import { roster, type Roster } from './roster.js'

/**
 * The revocations of the ledger, in memory: complete before the first request is served, and following what any process of
 * the service records from then on, within a fraction of a second.
 */
@Injectable()
export class LedgerRevocationList implements RevocationList, OnApplicationBootstrap {
  private revoked: Roster = roster.initial
  private readonly stopped = new AbortController()

  constructor(
    @Inject(Journal) private readonly journal: Journal,
    @Inject(Shutdown) private readonly shutdown: Shutdown,
  ) {}

  isRevoked(actorId: string): boolean {
    return this.revoked.has(actorId)
  }

  async onApplicationBootstrap(): Promise<void> {
    const { size } = await this.journal.store.head()
    await this.refresh()
    const following = this.follow(size)
    this.shutdown.onPhase('drain', 'revocations', () => {
      this.stopped.abort()
      return following
    })
  }

  private async follow(from: number): Promise<void> {
    for await (const events of this.journal.store.subscribe({ from, payloads: false, signal: this.stopped.signal }))
      if (events.some(({ header }) => header.stream === ROSTER_STREAM)) await this.refresh()
  }

  /** Takes the list anew; called after a decision too, so that it holds at once where it was made. */
  async refresh(): Promise<void> {
    this.revoked = (await this.journal.load(roster, ROSTER_STREAM)).state
  }
}
