/** Rows of ledger.event ⟷ stored events. */
import type { EventHeader, StoredEvent } from '../event.js'
import { parseLeaf } from '../event-header.js'
import type { PlannedEvent } from './append-plan.js'

export interface EventRow {
  position: string
  leaf: string
  stored?: string | null
}

/**
 * Bytes come escaped, not in hexadecimal: leaves, sealed payloads and most clear ones are ASCII, and so are sent as they are.
 *
 * The payload is asked for by each row's position. A join would be the planner's to arrange, and where it takes a stream for
 * longer than it is, as it does before a table was ever analysed, it reads all payloads there are.
 */
export const EVENT_COLUMNS = {
  bare: `e.position, encode(e.leaf, 'escape') as leaf`,
  withPayload: `e.position, encode(e.leaf, 'escape') as leaf,
    (select encode(p.stored, 'escape') from ledger.payload p where p.position = e.position) as stored`,
} as const

export function storedEvent(row: EventRow): StoredEvent {
  const leaf = unescaped(row.leaf)
  const payload = row.stored === null || row.stored === undefined ? null : unescaped(row.stored)
  return { position: Number(row.position), header: parseLeaf(leaf), leaf, payload }
}

/** An event of a batch that was committed, as a reader would get it. Its header is read when somebody looks at it. */
export function committedEvent({ position, leaf, payload }: PlannedEvent): StoredEvent {
  let header: EventHeader | undefined
  return {
    position,
    get header() {
      return (header ??= parseLeaf(leaf))
    },
    leaf,
    payload,
  }
}

/** PostgreSQL's `escape` format: backslashes doubled, zero and everything beyond ASCII as three octal digits. */
export function unescaped(text: string): Buffer {
  if (!text.includes('\\')) return Buffer.from(text, 'latin1')
  const plain = text.replace(/\\(\\|[0-3][0-7]{2})/g, (_all, code: string) =>
    code === '\\' ? code : String.fromCharCode(parseInt(code, 8)),
  )
  return Buffer.from(plain, 'latin1')
}
