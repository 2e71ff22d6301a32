/** Stored events as read models see them: clear payloads in today's form, sealed ones closed. */
import type { StoredEvent } from '../ledger/event.js'
import type { ProjectedEvent } from '../projections/projection.js'
import { clearText } from './clear-text.js'
import type { EventCatalogue } from './event-catalogue.js'

/** As long as a stored event is kept by anyone, so is what was read from it: every read model asks for the same. */
const known = new WeakMap<StoredEvent, ProjectedEvent>()

export function projectedEvents(catalogue: EventCatalogue, events: readonly StoredEvent[]): ProjectedEvent[] {
  return events.map((event) => {
    const projected = known.get(event) ?? projectedEvent(catalogue, event)
    known.set(event, projected)
    return projected
  })
}

function projectedEvent(catalogue: EventCatalogue, { position, header, payload }: StoredEvent): ProjectedEvent {
  const readable = payload !== null && header.payload.kid === undefined
  const data = readable
    ? catalogue.upcast(header.type, header.schema, JSON.parse(clearText(payload, header)) as object)
    : null
  const erases = data === null ? undefined : catalogue.get(header.type).destroysKeys?.(data).classes
  return { position, header, data, present: payload !== null, ...(erases && { erases }) }
}
