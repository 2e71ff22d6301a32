/** Copies of the audit trail that left the service. Stream: `audit-export-<uuid>`. */
import { eventTypes, type DomainEvent } from '../journal/event-type.js'
import type { AuditFilter } from './audit-filter.js'
import type { ExportFormat } from './export/formats.js'

/** Recorded before the first byte leaves: an export that breaks off is on record too. */
export type AuditExportStarted = DomainEvent<
  'audit.export-started',
  { format: ExportFormat; filter: AuditFilter; belowPosition: number }
>
/** Recorded when all data has left, before the manifest that makes it a certified copy. Digest: SHA-256 of the data, hexadecimal. */
export type AuditExported = DomainEvent<'audit.exported', { format: ExportFormat; count: number; sha256: string }>

export type AuditEvent = AuditExportStarted | AuditExported

/** How each is sealed and read aloud. */
export const AUDIT_EVENT_TYPES = eventTypes<AuditEvent>({
  'audit.export-started': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `An export of the audit trail as ${data.format} was started, of positions below ${data.belowPosition}.`
        : 'An export of the audit trail was started.',
  },
  'audit.exported': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `${data.count} entries of the audit trail were exported as ${data.format} (SHA-256 ${data.sha256}).`
        : 'Entries of the audit trail were exported.',
  },
})
