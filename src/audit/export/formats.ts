/** How entries are written down: one line an entry, in the order of the log. */
import { signatureText } from '../entry-signatures.js'
import type { ShownEntry } from '../shown-entry.js'
import { csvLine } from './csv.js'

export const EXPORT_FORMATS = ['ndjson', 'csv'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

export interface EntryWriter {
  mediaType: string
  /** What stands before the first entry. */
  head: string
  line(entry: ShownEntry): string
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
  ndjson: { mediaType: 'application/x-ndjson', head: '', line: (entry) => `${JSON.stringify(entry)}\n` },
  csv: {
    mediaType: 'text/csv; charset=utf-8; header=present',
    head: csvLine(Object.keys(COLUMNS)),
    line: (entry) => csvLine(Object.values(COLUMNS).map((cell) => cell(entry))),
  },
}
