/** Verifier keys `name+hash+base64(type‖key)` and the Ed25519 signatures they check (C2SP signed-note). */
import { concatenated, equal, fromBase64, sha256, toHex, utf8, type Bytes } from './bytes.js'
import type { Checkpoint } from './checkpoint.js'

const ED25519 = 1

export interface VerifierKey {
  name: string
  keyId: Bytes
  publicKey: Bytes
}

/** @throws Error the text is not an Ed25519 verifier key, or its hash is not that of its key */
export async function parseVerifierKey(text: string): Promise<VerifierKey> {
  const [, name, hash, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim()) ?? []
  if (name === undefined || encoded === undefined) throw new Error('This is not a verifier key.')
  const key = fromBase64(encoded)
  if (key[0] !== ED25519 || key.length !== 33) throw new Error('The verifier key is not an Ed25519 key.')
  const keyId = (await sha256(concatenated([utf8(name), utf8('\n'), key]))).slice(0, 4)
  if (toHex(keyId) !== hash) throw new Error('The hash in the verifier key does not fit its key.')
  return { name, keyId, publicKey: key.slice(1) }
}

export type SignatureResult = 'valid' | 'invalid' | 'missing' | 'unsupported'

/** Whether the log's own key signed the checkpoint; `unsupported` when this browser has no Ed25519. */
export async function checkSignature(checkpoint: Checkpoint, key: VerifierKey): Promise<SignatureResult> {
  if (key.name !== checkpoint.origin) return 'missing'
  const own = checkpoint.signatures.filter(({ name, keyId }) => name === key.name && equal(keyId, key.keyId))
  if (own.length === 0) return 'missing'
  const imported = await importKey(key.publicKey)
  if (imported === undefined) return 'unsupported'
  const message = utf8(checkpoint.text)
  const results = await Promise.all(
    own.map(({ signature }) => crypto.subtle.verify({ name: 'Ed25519' }, imported, signature, message)),
  )
  return results.every(Boolean) ? 'valid' : 'invalid'
}

async function importKey(publicKey: Bytes): Promise<CryptoKey | undefined> {
  try {
    return await crypto.subtle.importKey('raw', publicKey, { name: 'Ed25519' }, false, ['verify'])
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotSupportedError') return undefined
    throw error
  }
}
