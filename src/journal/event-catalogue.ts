/** All event types of all rooms: how to seal, upcast and describe any event of the log. */
import { IntegrityError } from '../platform/errors.js'
import type { EventHeader } from '../ledger/event.js'
import type { EventType } from './event-type.js'

export class EventCatalogue {
  private readonly types = new Map<string, EventType>()

  constructor(rooms: readonly (readonly EventType[])[]) {
    for (const type of rooms.flat()) {
      if (this.types.has(type.type)) throw new Error(`Two rooms define the event type ${type.type}.`)
      this.types.set(type.type, type)
    }
  }

  /** @throws IntegrityError `event-type-unknown`: the log holds something this version cannot read */
  get(type: string): EventType {
    const found = this.types.get(type)
    if (!found)
      throw new IntegrityError('event-type-unknown', `This version does not know the event type ${type}.`, { type })
    return found
  }

  all(): readonly EventType[] {
    return [...this.types.values()]
  }

  /** A payload as today's code knows it, whatever schema it was written in. */
  upcast(type: string, schema: number, data: object): object {
    const definition = this.get(type)
    let upcasted = data
    for (let version = schema; version < definition.schema; version++) {
      const step = definition.upcast?.[version]
      if (!step)
        throw new IntegrityError('event-schema-unknown', `No step leads from schema ${version} of ${type}.`, {
          type,
          version,
        })
      upcasted = step(upcasted)
    }
    return upcasted
  }

  /** The types whose events destroy keys. */
  destroyingTypes(): string[] {
    return this.all().flatMap(({ type, destroysKeys }) => (destroysKeys ? [type] : []))
  }

  /** One plain sentence for a reviewer; `data` null when it is sealed for them or erased. */
  describe(header: EventHeader, data: object | null): string {
    return this.get(header.type).describe(data === null ? null : this.upcast(header.type, header.schema, data), header)
  }
}
