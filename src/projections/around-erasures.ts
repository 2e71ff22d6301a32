/** Read models that tell something of a person let go of it where the log says that the person was forgotten. */
import type { KeyClass } from '../vault/key-class.js'
import type { ProjectedEvent } from './projection.js'

/**
 * Applies a batch in parts, each up to the next erasure, so that rows end the same however the log is cut into batches: what was
 * recorded before an erasure is gone after it, in the live tables and in those of a rebuild.
 *
 * @param apply fills the tables from events among which nobody is forgotten
 * @param erase removes or reduces what the tables hold of a subject by these classes
 */
export async function applyAroundErasures(
  events: readonly ProjectedEvent[],
  apply: (events: readonly ProjectedEvent[]) => Promise<void>,
  erase: (subject: string, classes: readonly KeyClass[]) => Promise<void>,
): Promise<void> {
  let from = 0
  for (const [index, { erases, header }] of events.entries()) {
    if (erases === undefined || header.subject === undefined) continue
    await apply(events.slice(from, index))
    await erase(header.subject, erases)
    from = index
  }
  await apply(events.slice(from))
}
