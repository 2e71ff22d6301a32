/**
 * The one kind of event the ledger itself understands: keys of a person were destroyed. It is the tombstone that outlives a
 * restored backup, and the only ground on which a sealed payload may be missing.
 */
import type { StoredEvent } from './event.js'

export const KEYS_DESTROYED = 'privacy.keys-destroyed'

/** All destructions of the ledger lie in one stream, in order, so that they can be applied again before serving. */
export const KEY_DESTRUCTIONS_STREAM = 'key-destructions-00000000-0000-4000-8000-000000000000'

/** The clear payload. The header's `subject` says whose keys. */
export interface KeyDestruction {
  /** Random id of the erasure that decided it. */
  erasure: string
  /** Classes closed for good: no key of this person and class may be made again. */
  classes: readonly string[]
  /** Ids of the keys that existed; empty when nothing had ever been sealed under the classes. */
  keys: readonly string[]
}

/** What a stored event destroyed; null when it is another event. Its digest must have been checked before. */
export function keyDestruction({ header, payload }: Pick<StoredEvent, 'header' | 'payload'>): KeyDestruction | null {
  if (header.type !== KEYS_DESTROYED || header.stream !== KEY_DESTRUCTIONS_STREAM || payload === null) return null
  return JSON.parse(payload.toString('utf8')) as KeyDestruction
}
