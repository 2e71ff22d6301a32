/**
 * Sealing one payload: compact JWE (RFC 7516), `dir` with A256GCM. The protected header, which is the AAD, carries a digest of
 * the event it belongs to, so that a ciphertext moved to another event does not open there.
 */
import { createCipheriv, createDecipheriv, hash, randomFillSync, type KeyObject } from 'node:crypto'
import { IntegrityError } from '../platform/errors.js'

/** The event a payload belongs to. */
export interface SealBinding {
  id: string
  stream: string
  type: string
  schema: number
}

const NONCE_BYTES = 12
const NONCE_POOL = 1024 * NONCE_BYTES

const nonces = Buffer.allocUnsafe(NONCE_POOL)
let nextNonce = NONCE_POOL

/** A random 96-bit nonce; drawn from the system in larger pieces, because each draw costs more than sealing does. */
function freshNonce(): Buffer {
  if (nextNonce === NONCE_POOL) {
    randomFillSync(nonces)
    nextNonce = 0
  }
  return Buffer.from(nonces.subarray(nextNonce, (nextNonce += NONCE_BYTES)))
}

/** @returns the ASCII bytes of the compact JWE */
export function sealPayload(plaintext: string, key: KeyObject, kid: string, binding: SealBinding): Buffer {
  const header = Buffer.from(protectedHeader(kid, binding), 'latin1').toString('base64url')
  const nonce = freshNonce()
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(header, 'latin1'))
  // GCM holds nothing back for the end, and one encoding of the whole costs less than a decoder that carries bits over.
  const text = cipher.update(plaintext, 'utf8').toString('base64url')
  cipher.final()
  return Buffer.from(
    `${header}..${nonce.toString('base64url')}.${text}.${cipher.getAuthTag().toString('base64url')}`,
    'latin1',
  )
}

/** The plaintext. @throws IntegrityError `payload-unsealing-failed`: altered, or it belongs to another event */
export function openPayload(stored: Buffer, key: KeyObject, kid: string, binding: SealBinding): string {
  try {
    const [header, encryptedKey, nonce, ciphertext, tag, ...rest] = stored.toString('latin1').split('.')
    if (encryptedKey !== '' || rest.length > 0 || tag === undefined) throw failure()
    if (header !== Buffer.from(protectedHeader(kid, binding), 'latin1').toString('base64url')) throw failure()
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce!, 'base64url'), { authTagLength: 16 })
    decipher.setAAD(stored.subarray(0, header.length)).setAuthTag(Buffer.from(tag, 'base64url'))
    // As when sealing: all of the text comes at once, and is read as text only after it has proved itself.
    const text = decipher.update(ciphertext!, 'base64url')
    decipher.final()
    return text.toString('utf8')
  } catch {
    throw failure()
  }
}

function protectedHeader(kid: string, { id, stream, type, schema }: SealBinding): string {
  const bind = hash('sha256', `${id}\n${stream}\n${type}\n${schema}`, 'base64url')
  return `{"alg":"dir","enc":"A256GCM","kid":"${kid}","bind":"${bind}"}`
}

function failure(): IntegrityError {
  return new IntegrityError('payload-unsealing-failed', 'A sealed payload was altered or belongs to another event.')
}
