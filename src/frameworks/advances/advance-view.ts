import type { AdvanceState, AdvanceStatus } from './advance.js'
import type { AdvanceEntry } from './events.js'

export interface AdvanceView extends AdvanceEntry {
  status: AdvanceStatus
  supersededBy: string | null
  /** For `If-Match`. */
  revision: number
}

export function advanceView({ entry, status, supersededBy }: AdvanceState, revision: number): AdvanceView {
  return { ...entry!, status: status!, supersededBy, revision }
}
