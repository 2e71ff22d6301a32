/** What the headers of a request say about the change it asks for. */
import type { Request } from 'express'
import type { Caller } from '../identity/caller.js'
import type { CommandContext } from '../journal/command-context.js'
import { InvalidRequest } from '../platform/errors.js'
import { currentCorrelation } from '../platform/request-context.js'

/** Visible ASCII, as draft-ietf-httpapi-idempotency-key-header suggests for keys. */
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/
/** v3-ActReason codes are short words of capitals, e.g. TREAT, HRESCH. */
const PURPOSE = /^[A-Z]{2,20}$/

/** @throws InvalidRequest `idempotency-key-invalid`, `purpose-invalid` */
export function commandContext({ id, role, org }: Caller, request: Request): CommandContext {
  const key = request.get('idempotency-key')
  if (key !== undefined && !IDEMPOTENCY_KEY.test(key)) {
    throw new InvalidRequest('idempotency-key-invalid', 'An Idempotency-Key is 1 to 255 visible ASCII characters.')
  }
  const purpose = request.get('x-purpose-of-use')
  if (purpose !== undefined && !PURPOSE.test(purpose)) {
    throw new InvalidRequest('purpose-invalid', 'X-Purpose-Of-Use carries one v3-ActReason code.')
  }
  return {
    actor: { id, role, ...(org !== undefined && { org }) },
    correlation: currentCorrelation(),
    ...(key !== undefined && { idempotencyKey: key }),
    ...(purpose !== undefined && { purpose }),
  }
}

/**
 * The revision that `If-Match` names (RFC 9110 §13.1.1); undefined when the header is absent or `*`.
 *
 * @throws InvalidRequest `if-match-invalid`
 */
export function ifMatch(request: Request): number | undefined {
  const header = request.get('if-match')
  if (header === undefined || header === '*') return undefined
  const revision = /^"(\d{1,9})"$/.exec(header)?.[1]
  if (revision === undefined) {
    throw new InvalidRequest('if-match-invalid', 'If-Match carries the ETag of the twin, e.g. "12".')
  }
  return Number(revision)
}

/** A revision as an entity tag. */
export const etagOf = (revision: number): string => `"${revision}"`
