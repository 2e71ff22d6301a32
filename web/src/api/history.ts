/** One event of a record as the service tells it. */
export interface HistoryStep {
  type: string
  recordedAt: string
  /** Its place in the log, for those who may know it. */
  position?: number
  actor: { role: string }
  reason?: string | null
  /** Null where it is sealed for the reader; `[erased]` where nobody can read it any more. */
  data: object | string | null
}
