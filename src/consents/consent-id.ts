import { randomUUID } from 'node:crypto'
import type { CommandContext } from '../journal/command-context.js'
import type { Journal } from '../journal/journal.js'

/** A random id for a new consent; with an Idempotency-Key the same again, so that a repeated request meets the one it made. */
export function newConsentId(journal: Journal, { idempotencyKey, actor }: CommandContext): string {
  return idempotencyKey === undefined ? randomUUID() : journal.deriveEventId('consent', actor.id, idempotencyKey)
}
