/** What an export says of itself. */
import type { Caller } from '../../identity/caller.js'
import type { Minimisation } from '../../identity/decide-access.js'
import type { AuditFilter } from '../audit-filter.js'
import type { ExportFormat } from './formats.js'

export const MANIFEST_FORMAT = 'twin-ledger-audit-export/1'

export interface ExportManifest {
  format: typeof MANIFEST_FORMAT
  /** Random id of this export; the stream `audit-export-<id>` records it. */
  export: string
  createdAt: string
  /** Who took the copy, and how much that reader is shown. */
  by: Pick<Caller, 'id' | 'role'> & { org?: string; minimisation: Minimisation }
  filter: AuditFilter
  /** All entries lie below this position, as far as the log went when the export began. */
  belowPosition: number
  /** Null when nothing matched. */
  firstPosition: number | null
  lastPosition: number | null
  count: number
  data: { file: string; format: ExportFormat; mediaType: string; bytes: number; sha256: string }
  log: {
    /** Signed note over the log when the export began: every entry is under it. */
    checkpoint: string
    /** Where the log records this export. */
    exportedAtPosition: number
  }
}
