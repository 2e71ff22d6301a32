import type { JournalWrite } from '../journal/journal.js'

/** What other rooms record of two persons whose twins are merged: with the merge, or not at all. */
export interface MergeCompanion {
  /** At the revisions that it was decided on: the merge is decided again when one of them has changed. */
  writesOf(subjects: { survivor: string; ended: string }): Promise<JournalWrite[]>
}

/** Provided by the application where persons have consents; without it, a merge concerns the twins alone. */
export const MERGE_COMPANION = Symbol('twin-ledger:merge-companion')
