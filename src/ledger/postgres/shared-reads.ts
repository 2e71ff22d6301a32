/** One reading of the newest events for everyone who follows the log. */
import type { StoredEvent } from '../event.js'
import type { ReadAllOptions } from '../event-store.js'

/** Kept at most, for followers that are behind: the lesser of so many events and so many bytes. What all have got goes at once. */
const KEPT_EVENTS = 4_000
const KEPT_BYTES = 8 * 1024 * 1024
/** For so long after a commit of this process the store is not asked whether there is more: what others wrote is looked for later. */
const FRESH_MS = 50
/** When nothing came for so long, everyone has what there is, and nothing is kept. */
const IDLE_MS = 5_000

/** Where one that follows the log stands. */
export interface Follower {
  /** The position it wants next; it goes back to none before. */
  next: number
}

/** Everything from a position on: a follower leaves no type of event out. */
type Wanted = Omit<ReadAllOptions, 'types'>

interface Reading {
  from: number
  limit: number
  events: Promise<StoredEvent[]>
}

/**
 * A dozen read models follow the same log and are woken by the same commit. What this process committed is given to them from
 * memory. Of what others committed, whoever comes first reads; those who ask for the same events while it reads, or just after,
 * are given the very same objects, which nobody changes. What lies further back than is kept is read from the store as if this
 * were not here.
 */
export class SharedReads {
  private readonly underWay = new Set<Reading>()
  private readonly followers = new Set<Follower>()
  /** Without a gap. */
  private kept: StoredEvent[] = []
  private keptBytes = 0
  /** When what is kept was all there is. */
  private completeAt = -Infinity
  private newsAt = -Infinity

  constructor(private readonly read: (wanted: Wanted) => Promise<StoredEvent[]>) {}

  /** What this process has just committed. */
  offer(events: readonly StoredEvent[]): void {
    this.keep(events)
    this.completeAt = performance.now()
  }

  /** From now on nothing is dropped, within bounds, that this follower has not got. */
  join(follower: Follower): void {
    this.followers.add(follower)
  }

  leave(follower: Follower): void {
    this.followers.delete(follower)
  }

  async readAll({ from, limit, payloads }: Wanted): Promise<StoredEvent[]> {
    const known = this.keptFrom(from, limit)
    if (known.length > 0 || this.isEnd(from)) return known
    const same = [...this.underWay].find((reading) => reading.from === from)
    if (same) {
      const events = await same.events
      // That reading may have begun before the commit this one was woken by.
      if (events.length > 0) return events.slice(0, limit)
    }
    const reading = { from, limit, events: this.read({ from, limit, payloads }) }
    this.underWay.add(reading)
    try {
      const events = await reading.events
      this.keep(events)
      return events
    } finally {
      this.underWay.delete(reading)
    }
  }

  private isEnd(from: number): boolean {
    return from - 1 === this.kept.at(-1)?.position && performance.now() - this.completeAt < FRESH_MS
  }

  private keptFrom(from: number, limit: number): StoredEvent[] {
    const first = this.kept[0]?.position ?? from
    return from < first ? [] : this.kept.slice(from - first, from - first + limit)
  }

  private keep(events: readonly StoredEvent[]): void {
    const last = this.kept.at(-1)?.position
    if (events.length === 0) return this.forgetWhenIdle()
    this.newsAt = performance.now()
    if (last === undefined || events[0]!.position === last + 1) this.add(events)
    else if (events.at(-1)!.position > last) this.begin(events)
    this.dropSurplus()
  }

  /** Events that outlive their use cost the garbage collector more than all that is done with them. */
  private dropSurplus(): void {
    const first = this.kept[0]?.position ?? 0
    // Infinity where nobody follows.
    const slowest = Math.min(...[...this.followers].map(({ next }) => next))
    // The last one stays: it says where the log ends.
    const got = Math.min(slowest - first, this.kept.length - 1)
    let surplus = 0
    while (surplus < got || this.keptBytes > KEPT_BYTES || this.kept.length - surplus > KEPT_EVENTS)
      this.keptBytes -= bytesOf(this.kept[surplus++]!)
    if (surplus > 0) this.kept.splice(0, surplus)
  }

  private forgetWhenIdle(): void {
    if (performance.now() - this.newsAt > IDLE_MS) this.begin([])
  }

  private begin(events: readonly StoredEvent[]): void {
    this.kept = []
    this.keptBytes = 0
    this.add(events)
  }

  private add(events: readonly StoredEvent[]): void {
    for (const event of events) {
      this.kept.push(event)
      this.keptBytes += bytesOf(event)
    }
  }
}

const bytesOf = ({ leaf, payload }: StoredEvent): number => leaf.length + (payload?.length ?? 0)
