/** The payload's stored bytes and the reference that the header carries. */
import { hash } from 'node:crypto'
import { canonicalJson } from './canonical-json.js'
import type { PayloadReference } from './event.js'

/** base64url SHA-256 of the stored bytes. */
export function payloadDigest(stored: Buffer): string {
  return hash('sha256', stored, 'base64url')
}

/** Stored form and reference of a payload that is not personal: its canonical JSON. */
export function clearPayload(data: object): { stored: Buffer; reference: PayloadReference } {
  const stored = Buffer.from(canonicalJson(data), 'utf8')
  return { stored, reference: { alg: 'sha-256', digest: payloadDigest(stored), size: stored.length } }
}

/** The reference of a payload that was sealed under the key `kid`. */
export function sealedReference(stored: Buffer, kid: string): PayloadReference {
  return { alg: 'sha-256', digest: payloadDigest(stored), enc: 'A256GCM', kid, size: stored.length }
}
