/** Everyone who follows the log, and how they learn what this process committed. */
import type { StoredEvent } from '../event.js'
import type { ReadAllOptions, SubscribeOptions } from '../event-store.js'
import { SharedReads } from './shared-reads.js'
import { CommitSignal, follow } from './subscription.js'

export class LogFollowers {
  private readonly commits = new CommitSignal()
  /** For those who follow with payloads, and for those who follow without. */
  private readonly reads: Readonly<Record<'withPayload' | 'bare', SharedReads>>

  constructor(read: (options: ReadAllOptions) => Promise<StoredEvent[]>) {
    this.reads = { withPayload: new SharedReads(read), bare: new SharedReads(read) }
  }

  subscribe(options: SubscribeOptions): AsyncIterable<StoredEvent[]> {
    return follow(this.reads[options.payloads === false ? 'bare' : 'withPayload'], this.commits, options)
  }

  committed(events: readonly StoredEvent[]): void {
    for (const shared of Object.values(this.reads)) shared.offer(events)
    this.commits.notify()
  }
}
