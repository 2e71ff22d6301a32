/** How entries are written down, in the order of the log: a line an entry for machines, a row of a table for people. */
import { signatureText } from '../entry-signatures.js'
import type { EntryValues } from '../entry-values.js'
import type { ShownEntry } from '../shown-entry.js'
import { AUDIT_PAGE_END, auditPageHead, auditPageRow, type PrintedCopy } from './audit-page.js'
import { csvLine } from './csv.js'

export const EXPORT_FORMATS = ['ndjson', 'csv', 'html'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

export interface EntryWriter {
  mediaType: string
  /** What stands before the first entry. */
  head(copy: PrintedCopy): string
  /** `values`: given to writers that show them. */
  line(entry: ShownEntry, values?: EntryValues): string
  /** What stands behind the last entry. */
  end: string
  showsValues: boolean
}

/** Column → cell, in the order of the columns. */
const COLUMNS: Readonly<Record<string, (entry: ShownEntry) => string | number | boolean | null>> = {
  position: ({ position }) => position,
  recordedAt: ({ recordedAt }) => recordedAt,
  occurredAt: ({ occurredAt }) => occurredAt,
  type: ({ type }) => type,
  sentence: ({ sentence }) => sentence,
  actorId: ({ actor }) => actor.id,
  actorRole: ({ actor }) => actor.role,
  actorOrganisation: ({ actor }) => actor.org ?? null,
  purpose: ({ purpose }) => purpose,
  reason: ({ reason }) => reason,
  subject: ({ subject }) => subject,
  trial: ({ trial }) => trial,
  enrolmentCode: ({ enrolmentCode }) => enrolmentCode,
  stream: ({ stream }) => stream,
  revision: ({ revision }) => revision,
  eventId: ({ id }) => id,
  correlation: ({ correlation }) => correlation,
  causation: ({ causation }) => causation,
  sealed: ({ sealed }) => sealed,
  keyId: ({ keyId }) => keyId,
  signatures: ({ signatures }) => signatureText(signatures),
  proof: ({ proof }) => proof,
}

export const ENTRY_WRITERS: Readonly<Record<ExportFormat, EntryWriter>> = {
  ndjson: {
    mediaType: 'application/x-ndjson',
    head: () => '',
    line: (entry) => `${JSON.stringify(entry)}\n`,
    end: '',
    showsValues: false,
  },
  csv: {
    mediaType: 'text/csv; charset=utf-8; header=present',
    head: () => csvLine(Object.keys(COLUMNS)),
    line: (entry) => csvLine(Object.values(COLUMNS).map((cell) => cell(entry))),
    end: '',
    showsValues: false,
  },
  html: {
    mediaType: 'text/html; charset=utf-8',
    head: auditPageHead,
    line: (entry, values) => auditPageRow(entry, values!),
    end: AUDIT_PAGE_END,
    showsValues: true,
  },
}
