/** One line of the audit trail, as lists, entries and exports show it. */
import type { EventHeader, StoredEvent } from '../ledger/event.js'
import type { EventCatalogue } from '../journal/event-catalogue.js'
import type { AuditScope } from './audit-filter.js'
import type { AuditEntryRow } from './audit-entry.row.js'
import type { EntrySignature } from './entry-signatures.js'
import { veiledHeader, veiledValue, WITHHELD, withoutPerson } from './veil.js'

export interface ShownEntry {
  position: number
  id: string
  /** RFC 3339, server clock. */
  recordedAt: string
  /** Where a payload that was never sealed says so. */
  occurredAt: string | null
  type: string
  /** What happened, in one plain sentence. */
  sentence: string
  actor: EventHeader['actor']
  purpose: string | null
  reason: string | null
  /** Null when nobody in particular is concerned, or withheld. */
  subject: string | null
  trial: string | null
  /** The person's code in the trial, for readers from whom the subject is withheld. */
  enrolmentCode: string | null
  /** Null when withheld. */
  stream: string | null
  /** Null when withheld, with the stream: of a person, it is the same in every trial, and a gap tells of what is not shown. */
  revision: number | null
  correlation: string
  causation: string | null
  /** Whether values are kept under the person's key. */
  sealed: boolean
  keyId: string | null
  /** Of this revision of the record, with printed names; empty for readers of headers. */
  signatures: EntrySignature[]
  /** Where to get the evidence that this entry is in the log. */
  proof: string
}

export interface Showing {
  signatures: ReadonlyMap<number, EntrySignature[]>
  scope: Pick<AuditScope, 'minimisation' | 'veiled' | 'untold'>
  catalogue: EventCatalogue
}

/** @param enrolmentCode of the entry's subject in the entry's trial; shown to veiled readers alone */
export function shownEntry(
  row: AuditEntryRow,
  stored: StoredEvent,
  enrolmentCode: string | null,
  { scope, catalogue, signatures }: Showing,
): ShownEntry {
  const { actor, stream, subject, payload, ...header } = shownHeader(stored.header, scope)
  const isUntold = scope.untold !== undefined && stream.startsWith('access-')
  return {
    position: row.position,
    id: header.id,
    recordedAt: header.recordedAt,
    occurredAt: scope.minimisation === 'headers' ? null : row.occurredAt,
    type: header.type,
    sentence: sentence(stored, { scope, catalogue }),
    actor,
    purpose: header.purpose ?? null,
    reason: header.reason ?? null,
    subject: subject ?? null,
    trial: header.trial ?? null,
    enrolmentCode: scope.veiled ? enrolmentCode : null,
    stream: stream === WITHHELD ? null : stream,
    revision: isUntold || stream === WITHHELD ? null : header.revision,
    correlation: header.correlation,
    causation: header.causation ?? null,
    sealed: row.sealed,
    keyId: payload.kid ?? null,
    signatures: signatures.get(row.position) ?? [],
    proof: `/log/proof/${row.position}`,
  }
}

/** Who sees headers alone carries out what is decided about people, and is not to learn about whom. */
function shownHeader(header: EventHeader, { veiled, minimisation }: Showing['scope']): EventHeader {
  if (veiled) return veiledHeader(header)
  return minimisation === 'headers' ? withoutPerson(header) : header
}

/** From the header and a payload that was never sealed; sealed ones stay closed. */
function sentence({ header, payload }: StoredEvent, { scope, catalogue }: Omit<Showing, 'signatures'>): string {
  const readable = payload !== null && header.payload.kid === undefined && scope.minimisation !== 'headers'
  const data = readable ? (JSON.parse(payload.toString('utf8')) as object) : null
  return catalogue.describe(shownHeader(header, scope), scope.veiled ? data && veiledValue(data) : data)
}
