import type { ReadingPurpose } from '../identity/purpose-of-use.js'
import type { Actor } from '../ledger/event.js'

/** Who asks for something to be recorded, and under which request. Every command carries one. */
export interface CommandContext {
  actor: Actor
  /** UUID that ties together all that one request caused. */
  correlation: string
  /** Id of the event that caused this command, when one did. */
  causation?: string
  /** v3-ActReason code of the purpose the caller declared. */
  purpose?: string
  /** What readings are for, where the caller declared nothing. */
  readsFor?: ReadingPurpose
  /** Reason code of the change (not free text). */
  reason?: string
  /** The caller's Idempotency-Key: the same key and command again return the first answer. */
  idempotencyKey?: string
}
