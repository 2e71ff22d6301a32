/**
 * Requests under an Idempotency-Key (draft-ietf-httpapi-idempotency-key-header): event ids come from caller and key alone, the
 * correlation from the request as well. An id that is found is thus an earlier answer, and another correlation on it is
 * another request under the same key.
 */
import { canonicalJson } from '../ledger/canonical-json.js'
import type { StoredEvent } from '../ledger/event.js'
import type { EventStore } from '../ledger/event-store.js'
import { Unprocessable } from '../platform/errors.js'
import type { CommandContext } from './command-context.js'

export interface IdempotentRequest {
  /** The caller's, under the correlation that marks this request's events. */
  context: CommandContext
  /** @param ordinal of the event within the request, from 0 */
  eventId(ordinal: number): string
}

/**
 * @param request what was asked for, as data
 * @param derive an id that the same parts always give
 * @returns null when the caller gave no key
 */
export function idempotentRequest(
  context: CommandContext,
  request: unknown,
  derive: (...parts: string[]) => string,
): IdempotentRequest | null {
  const { idempotencyKey: key, actor } = context
  if (key === undefined) return null
  const body = canonicalJson(JSON.parse(JSON.stringify(request)))
  return {
    context: { ...context, correlation: derive('idempotent-request', actor.id, key, body) },
    eventId: (ordinal) => derive('idempotency-key', actor.id, key, String(ordinal)),
  }
}

/**
 * What the same request recorded when it came before, payloads left out; null when it did not.
 *
 * @throws Unprocessable `idempotency-key-reused`: the key came before with another request
 */
export async function earlierEvents(
  store: EventStore,
  { context, eventId }: IdempotentRequest,
): Promise<StoredEvent[] | null> {
  const [first] = await store.find([eventId(0)])
  if (!first) return null
  const { stream, revision, correlation } = first.header
  if (correlation !== context.correlation)
    throw new Unprocessable('idempotency-key-reused', 'This Idempotency-Key was used before, for another request.')
  const following = await store.readStream(stream, { from: revision, payloads: false })
  return following.filter(({ header }) => header.correlation === correlation)
}
