/** Ed25519 (RFC 8032) over raw 32-byte keys, as the C2SP formats carry them. */
import { createPrivateKey, createPublicKey, type KeyObject, randomBytes } from 'node:crypto'

/** Bytes of a seed and of a public key. */
export const KEY_BYTES = 32
export const SIGNATURE_BYTES = 64

/** DER in front of a 32-byte seed in PKCS #8, and of a 32-byte public key in SubjectPublicKeyInfo (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

export function generateSeed(): Buffer {
  return randomBytes(KEY_BYTES)
}

export function privateKeyFromSeed(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' })
}

export function publicKeyFromRaw(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: 'der', type: 'spki' })
}

/** The 32 bytes of the public half. */
export function rawPublicKey(key: KeyObject): Buffer {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(SPKI_PREFIX.length)
}
