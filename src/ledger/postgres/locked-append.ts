/** The slow and certain way to append: lock the head, read what others wrote, plan on that, append. */
import type { Client } from 'pg'
import type { TreeState } from '../log/tree-state.js'
import type { PlannedBatch } from './append-plan.js'
import { appendOutcome, appendStatement, type AppendOutcome } from './append-statement.js'
import { EventReader } from './event-reader.js'
import { loadHead, type HeadState } from './tree-loader.js'

/** The log while its head is locked. */
export interface LockedLog {
  head: HeadState
  /** Revisions of the streams asked for. */
  revisions: Map<string, number>
}

/**
 * Plans and appends one batch while nobody else can append.
 *
 * @param client in pipeline mode, with nothing under way
 * @param known a tree that the log had before
 * @param plan called once, with the log as it is; a batch without events is not sent
 */
export async function appendUnderLock(
  client: Client,
  known: TreeState,
  streams: readonly string[],
  plan: (log: LockedLog) => PlannedBatch,
): Promise<{ batch: PlannedBatch; outcome: AppendOutcome | null }> {
  try {
    // Sent together: the server takes them in order, and each of them sees what was committed before the lock was won.
    const [, , head, revisions] = await Promise.all([
      client.query('begin'),
      client.query('select from ledger.head for update'),
      loadHead(client, known),
      new EventReader(client).revisionsOf(streams),
    ])
    const batch = plan({ head: head!, revisions })
    const [appended] = await Promise.all([
      batch.events.length > 0 ? client.query(appendStatement(batch)) : null,
      client.query('commit'),
    ])
    return { batch, outcome: appended && appendOutcome(appended) }
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}
