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
  // Field by field: a copy of whatever a header has takes many times as long, and every event that is folded needs one.
  const { id, stream, revision, recordedAt, actor, purpose, reason, subject, trial, correlation, causation } = header
  return { id, stream, revision, recordedAt, actor, purpose, reason, subject, trial, correlation, causation, position }
}
