import type { EventStore } from '../ledger/event-store.js'
import { InvalidRequest } from '../platform/errors.js'

/** @throws InvalidRequest `position-in-future`: the log never held so many events yet */
export async function requirePast(store: EventStore, asOfPosition: number | undefined): Promise<void> {
  if (asOfPosition === undefined) return
  const { size } = await store.head()
  if (asOfPosition > size)
    throw new InvalidRequest('position-in-future', `The log ends at position ${size}.`, {
      requested: asOfPosition,
      size,
    })
}
