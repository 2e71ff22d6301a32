import type { EventHeader } from '../ledger/event.js'
import { payloadDigest } from '../ledger/payload.js'
import { IntegrityError } from '../platform/errors.js'

/**
 * The text of a payload that is not sealed. A sealed one proves itself when it is opened; consents and custody rest on clear
 * ones, so these are held against what the log commits to.
 *
 * @throws IntegrityError `payload-altered`
 */
export function clearText(payload: Buffer, { id, payload: reference }: Pick<EventHeader, 'id' | 'payload'>): string {
  if (payloadDigest(payload) !== reference.digest)
    throw new IntegrityError('payload-altered', 'A stored payload is not the one the log commits to.', { event: id })
  return payload.toString('utf8')
}
