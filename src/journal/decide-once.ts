/** How a command is tried until it is recorded once: again on the new state where a change came in between, not again under a key. */
import { Conflict, RevisionConflict, Unavailable } from '../platform/errors.js'

/**
 * A command that meets a concurrent change is decided again on the new state, so often at the most. Two busy writers of one stream
 * made one of them lose eight times running on a slow machine; a decision costs milliseconds.
 */
const MAX_DECISIONS = 24

export interface DecideOnce<Receipt> {
  /** The revision the caller insists on (`If-Match`). */
  ifRevision?: number
  /** Loads, decides and appends. */
  attempt(): Promise<Receipt>
  /** What the same request under the same Idempotency-Key recorded before; null without a key. */
  earlier(): Promise<Receipt | null>
}

/** @throws what `attempt` throws for another reason than a concurrent change, or once too often for that one */
export async function decideOnce<Receipt extends { replayed: boolean }>({
  ifRevision,
  attempt,
  earlier,
}: DecideOnce<Receipt>): Promise<Receipt> {
  for (let decision = 1; ; decision++) {
    const before = await earlier()
    if (before) return before
    try {
      const receipt = await attempt()
      // Another request under the same key was faster by a moment: whether it asked for the same is looked at here.
      return (receipt.replayed && (await earlier())) || receipt
    } catch (error) {
      // Whether it was recorded cannot be asked either; the caller may ask again under the same key.
      if (error instanceof Unavailable) throw error
      if (decision < MAX_DECISIONS && isConcurrentChange(error, ifRevision)) continue
      // What was refused may be what another request under the same key has just done.
      const meanwhile = await earlier()
      if (meanwhile) return meanwhile
      throw error
    }
  }
}

/** True where deciding again may help; the revision the caller insists on stays what it is. */
function isConcurrentChange(error: unknown, ifRevision: number | undefined): boolean {
  if (error instanceof RevisionConflict) return ifRevision === undefined
  return error instanceof Conflict && error.code === 'event-id-reused'
}
