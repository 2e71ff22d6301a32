/** A read model: what it is called, which tables it fills, and how a batch of events changes them. */
import type { EventHeader } from '../ledger/event.js'
import type { KeyClass } from '../vault/key-class.js'

/** An event as read models see it: sealed payloads stay sealed, so that nothing personal can come to rest in a table. */
export interface ProjectedEvent {
  position: number
  header: EventHeader
  /** Today's form of a clear payload; null when it is sealed or gone. */
  data: object | null
  /** False once the ciphertext was deleted. */
  present: boolean
  /** Which classes of the subject's data went for good with this event; absent on every other. */
  erases?: readonly KeyClass[]
}

/** Runs SQL on the tables being filled: the live ones or those of a rebuild. Table names are written without a schema. */
export interface ProjectionSql {
  query<Row extends object = Record<string, unknown>>(text: string, values?: unknown[]): Promise<{ rows: Row[] }>
}

export interface Projection {
  readonly name: string
  /** Raised when the meaning of the tables changes: the engine then rebuilds them. */
  readonly version: number
  /** Tables in schema `read`, filled by this projection alone. */
  readonly tables: readonly string[]
  /** Applies events in order. Must be deterministic, must not look at a clock, must have no effect but on its tables. */
  apply(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void>
}
