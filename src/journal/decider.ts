import type { EventHeader } from '../ledger/event.js'
import type { DomainEvent } from './event-type.js'

/** Where and when an event was recorded; what `evolve` may look at beside the data. */
export type EventMetadata = Omit<EventHeader, 'payload' | 'type' | 'schema'> & { position: number }

/**
 * A pure decision model: given what happened, a command becomes events or a refusal.
 * `decide` throws an error of src/platform/errors.ts to refuse without a trace; a refusal that must be remembered is an event.
 */
export interface Decider<State, Command, Event extends DomainEvent> {
  readonly initial: State
  evolve(state: State, event: Event, metadata: EventMetadata): State
  decide(state: State, command: Command): readonly Event[]
}
