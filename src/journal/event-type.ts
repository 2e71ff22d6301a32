/** What can have happened, as data: each domain room lists its event types with how they are sealed and read aloud. */
import type { KeyClass } from '../vault/key-class.js'
import type { EventHeader } from '../ledger/event.js'

/** A domain event as deciders see it: a type and its data, nothing of transport or storage. */
export interface DomainEvent<Type extends string = string, Data extends object = object> {
  readonly type: Type
  readonly data: Data
}

/** How one event type is stored and shown. */
export interface EventType<Event extends DomainEvent = DomainEvent> {
  readonly type: Event['type']
  /** Version of the payload's schema that is written today. */
  readonly schema: number
  /** The key class that seals the payload; `null` when the payload holds codes and random ids only. */
  readonly sealedUnder: KeyClass | null | ((data: Event['data']) => KeyClass)
  /**
   * False for what says something about a record and leaves it as it was, such as a comparison: it voids no signature.
   * Default true.
   */
  readonly changesRecord?: boolean
  /** Turns a payload of schema n into schema n + 1; applied on read, one step after the other. */
  readonly upcast?: Readonly<Record<number, (data: object) => object>>
  /**
   * One plain sentence for a reviewer. `data` is null when the payload is sealed for this reader or erased: the sentence
   * must then still say what happened, from the header alone.
   */
  readonly describe: (data: Event['data'] | null, header: EventHeader) => string
  /**
   * Given for events that say a person's keys are destroyed for good (`subject` of the header; the payload is not sealed). They
   * are carried out again at every start, so that no restored backup brings the person back; see KeyDestruction.
   */
  readonly destroysKeys?: (data: Event['data']) => DestroyedKeyClasses
}

/** Which classes of the subject's keys an event destroys, and the ids of those keys as far as it names them. */
export interface DestroyedKeyClasses {
  classes: readonly KeyClass[]
  kids?: readonly string[]
}

/** Declares the event types of one room, complete by construction: one entry for each member of the union. */
export type EventTypes<Event extends DomainEvent> = {
  readonly [Type in Event['type']]: Omit<EventType<Extract<Event, { type: Type }>>, 'type'>
}

/** Makes the list of a room's event types from its complete table. */
export function eventTypes<Event extends DomainEvent>(table: EventTypes<Event>): readonly EventType[] {
  return Object.entries<object>(table).map(([type, definition]) => ({ type, ...definition }) as EventType)
}
