import type { StoredEvent } from '../ledger/event.js'
import type { EventStore } from '../ledger/event-store.js'

const PAGE = 10_000

/**
 * A stream from its first event on, however long: one read of the store is bounded, and a state folded from a part of the
 * history would be wrong without looking so.
 *
 * @param toRevision the last revision wanted; default the stream's last
 */
export async function wholeStream(
  store: Pick<EventStore, 'readStream'>,
  stream: string,
  toRevision = Infinity,
  page = PAGE,
): Promise<StoredEvent[]> {
  const events: StoredEvent[] = []
  while (events.length <= toRevision) {
    const limit = Math.min(page, toRevision + 1 - events.length)
    const next = await store.readStream(stream, { from: events.length, limit })
    for (const event of next) events.push(event)
    if (next.length < limit) break
  }
  return events
}
