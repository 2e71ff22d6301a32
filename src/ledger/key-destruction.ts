/**
 * The one kind of event the ledger itself understands: keys of a person were destroyed. It outlives a restored backup, and it is
 * the only ground on which a sealed payload may be missing.
 */
import type { StoredEvent } from './event.js'

/** Decided by persons; and carried out again, because a restored log had lost the decision. */
export const KEY_DESTRUCTION_TYPES: ReadonlySet<string> = new Set([
  'privacy.keys-destroyed',
  'keys.destruction-reinstated',
])

/** The clear payload, as far as the ledger reads it. The header's `subject` says whose keys. */
export interface KeyDestructionRecord {
  /** Classes closed for good: no key of this person and class may be made again. */
  classes: readonly string[]
  /** Ids of the keys that existed; empty when nothing had ever been sealed under the classes. */
  kids: readonly string[]
}

/** What a stored event destroyed; null when it is another event. Its digest must have been checked before. */
export function keyDestruction(event: Pick<StoredEvent, 'header' | 'payload'>): KeyDestructionRecord | null {
  const { header, payload } = event
  if (!KEY_DESTRUCTION_TYPES.has(header.type) || header.payload.kid !== undefined || payload === null) return null
  return JSON.parse(payload.toString('utf8')) as KeyDestructionRecord
}
