/** Cursors of pages: opaque, and good only for the caller, filter and order they were made for. */
import { timingSafeEqual } from 'node:crypto'
import { canonicalJson } from '../ledger/canonical-json.js'
import { InvalidRequest } from '../platform/errors.js'
import type { DerivedSecrets } from '../vault/derived-secrets.js'
import type { Place } from './audit-order.js'

const MAC_BYTES = 16

/** @param boundTo whatever must be the same on the next page: caller, scope, filter, order */
export function encodeCursor(secrets: DerivedSecrets, boundTo: object, { value, position }: Place): string {
  const place = JSON.stringify([value, position])
  return Buffer.concat([mac(secrets, boundTo, place), Buffer.from(place)]).toString('base64url')
}

/** @throws InvalidRequest `cursor-invalid`: it was altered, or belongs to another list */
export function decodeCursor(secrets: DerivedSecrets, boundTo: object, cursor: string): Place {
  const bytes = Buffer.from(cursor, 'base64url')
  const place = bytes.subarray(MAC_BYTES).toString()
  const genuine =
    bytes.length > MAC_BYTES && timingSafeEqual(bytes.subarray(0, MAC_BYTES), mac(secrets, boundTo, place))
  if (!genuine) throw new InvalidRequest('cursor-invalid', 'The cursor is not one of this list in this order.')
  const [value, position] = JSON.parse(place) as [Place['value'], number]
  return { value, position }
}

function mac(secrets: DerivedSecrets, boundTo: object, place: string): Buffer {
  const bound = canonicalJson(JSON.parse(JSON.stringify(boundTo)))
  return secrets.digest('cursor', 'audit', bound, place).subarray(0, MAC_BYTES)
}
