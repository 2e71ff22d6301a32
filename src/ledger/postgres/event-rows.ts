/** Rows of ledger.event ⟷ stored events. */
import type { StoredEvent } from '../event.js'
import { parseLeaf } from '../event-header.js'

export interface EventRow {
  position: string
  leaf: Buffer
  stored?: Buffer | null
}

export const EVENT_COLUMNS = { bare: 'e.position, e.leaf', withPayload: 'e.position, e.leaf, p.stored' } as const

export const FROM_EVENTS = {
  bare: 'from ledger.event e',
  withPayload: 'from ledger.event e left join ledger.payload p on p.position = e.position',
} as const

export function storedEvent(row: EventRow): StoredEvent {
  return { position: Number(row.position), header: parseLeaf(row.leaf), leaf: row.leaf, payload: row.stored ?? null }
}
