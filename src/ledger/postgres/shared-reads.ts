/** One reading of the newest events for everyone who follows the log. */
import type { StoredEvent } from '../event.js'
import type { ReadAllOptions } from '../event-store.js'

/** Kept at most, for followers that come a moment later: the lesser of so many events and so many bytes. */
const KEPT_EVENTS = 2_000
const KEPT_BYTES = 8 * 1024 * 1024

interface Reading {
  from: number
  limit: number
  events: Promise<StoredEvent[]>
}

/**
 * A dozen read models follow the same log and are woken by the same commit. Whoever comes first reads; those who ask for the same
 * events while it reads, or just after, are given the very same objects, which nobody changes. What lies further back than is
 * kept is read from the store as if this were not here.
 */
export class SharedReads {
  private readonly underWay = new Set<Reading>()
  /** Without a gap. */
  private kept: StoredEvent[] = []

  constructor(private readonly read: (options: ReadAllOptions) => Promise<StoredEvent[]>) {}

  async readAll({ from, limit, payloads }: ReadAllOptions): Promise<StoredEvent[]> {
    const known = this.keptFrom(from, limit)
    if (known.length > 0) return known
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

  private keptFrom(from: number, limit: number): StoredEvent[] {
    const first = this.kept[0]?.position ?? from
    return from < first ? [] : this.kept.slice(from - first, from - first + limit)
  }

  /** Nothing new means that everyone near the head has what there is. */
  private keep(events: readonly StoredEvent[]): void {
    const last = this.kept.at(-1)?.position
    if (events.length === 0) this.kept = []
    else if (last === undefined || events[0]!.position === last + 1) this.kept.push(...events)
    else if (events.at(-1)!.position > last) this.kept = [...events]
    let bytes = 0
    const tooFar = this.kept.findLastIndex((event, index) => {
      bytes += event.leaf.length + (event.payload?.length ?? 0)
      return bytes > KEPT_BYTES || index < this.kept.length - KEPT_EVENTS
    })
    if (tooFar >= 0) this.kept = this.kept.slice(tooFar + 1)
  }
}
