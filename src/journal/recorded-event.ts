/** An event as the domain reads it: opened where the key still exists. */
import type { EventHeader } from '../ledger/event.js'
import type { EventMetadata } from './decider.js'
import type { DomainEvent } from './event-type.js'

export interface RecordedEvent<Event extends DomainEvent = DomainEvent> {
  type: Event['type']
  /** Null when the payload is not readable any more, or was not opened. */
  data: Event['data'] | null
  /** `clear`: never sealed; `opened`: was sealed; `sealed`: not opened for this reader; `erased`: key or ciphertext is gone. */
  state: 'clear' | 'opened' | 'sealed' | 'erased'
  header: EventHeader
  position: number
}

export function metadataOf({ header, position }: RecordedEvent): EventMetadata {
  const { payload: _payload, type: _type, schema: _schema, ...metadata } = header
  return { ...metadata, position }
}
