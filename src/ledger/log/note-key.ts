/** Keys of signed notes (C2SP signed-note): names, key IDs, and the text encodings of verifier and signer keys. */
import { hash, type KeyObject, sign, verify } from 'node:crypto'
import { InvalidRequest } from '../../platform/errors.js'
import { decodeBase64 } from './base64.js'
import {
  generateSeed,
  KEY_BYTES,
  privateKeyFromSeed,
  publicKeyFromRaw,
  rawPublicKey,
  SIGNATURE_BYTES,
} from './ed25519.js'

/** Signature type identifier bytes of C2SP signed-note. */
export const SIGNATURE_TYPE = { ed25519: 0x01, cosignature: 0x04 } as const
export type SignatureType = (typeof SIGNATURE_TYPE)[keyof typeof SIGNATURE_TYPE]

/** Checks the signatures of one key. */
export interface NoteVerifier {
  readonly name: string
  /** Eight lower-case hex digits of the 4-byte key ID. */
  readonly keyId: string
  /** @param signature what follows the key ID in the signature line */
  verify(text: Uint8Array, signature: Uint8Array): boolean
}

/** Signs note texts with one key. */
export interface NoteSigner {
  readonly name: string
  readonly keyId: string
  /** What verifiers are configured with. */
  readonly vkey: string
  sign(text: Uint8Array): Buffer
}

/** The parts of a decoded key: `material` is the public key, or the seed of a signer key. */
export interface DecodedKey {
  name: string
  keyId: string
  type: number
  material: Buffer
}

const SIGNER_PREFIX = 'PRIVATE+KEY+'
const FORBIDDEN_IN_NAMES = /[\p{White_Space}\p{Cc}\p{Cs}+]/u

/** Key names are not empty and have no Unicode space and no plus (nor, to fit a note, a control character). */
export function isKeyName(name: string): boolean {
  return name.length > 0 && !FORBIDDEN_IN_NAMES.test(name)
}

/** SHA-256(name ‖ 0x0A ‖ type ‖ public key)[0:4] as eight hex digits. */
export function keyIdOf(name: string, type: SignatureType, publicKey: Uint8Array): string {
  return hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(type), publicKey]), 'hex').slice(0, 8)
}

function encodeKey(name: string, keyId: string, type: SignatureType, material: Uint8Array): string {
  return `${name}+${keyId}+${Buffer.concat([Buffer.of(type), material]).toString('base64')}`
}

/** Splits `name+keyID+base64(type ‖ material)`, where only the base64 may hold another plus; null when it is malformed. */
function decodeKey(text: string): DecodedKey | null {
  const [, name = '', keyId = '', base64 = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/su.exec(text) ?? []
  const bytes = decodeBase64(base64)
  if (!isKeyName(name) || bytes?.length !== 1 + KEY_BYTES) return null
  return { name, keyId, type: bytes[0]!, material: bytes.subarray(1) }
}

/**
 * Decodes a verifier key and checks its key ID.
 *
 * @throws InvalidRequest `vkey-malformed`: malformed, another type, or a key ID that is not that of the key
 */
export function decodeVerifierKey(vkey: string, type: SignatureType): DecodedKey {
  const key = decodeKey(vkey)
  if (key?.type !== type || key.keyId !== keyIdOf(key.name, type, key.material)) {
    throw new InvalidRequest('vkey-malformed', 'This is not a verifier key of the expected type (C2SP signed-note).')
  }
  return key
}

/** @throws InvalidRequest `vkey-malformed` */
export function encodeVerifierKey(name: string, type: SignatureType, publicKey: Uint8Array): string {
  if (!isKeyName(name))
    throw new InvalidRequest('vkey-malformed', 'A key name is not empty and has no space and no plus.')
  return encodeKey(name, keyIdOf(name, type, publicKey), type, publicKey)
}

/** A verifier of plain Ed25519 note signatures. @throws InvalidRequest `vkey-malformed` */
export function noteVerifier(vkey: string): NoteVerifier {
  const { name, keyId, material } = decodeVerifierKey(vkey, SIGNATURE_TYPE.ed25519)
  const publicKey = publicKeyFromRaw(material)
  return {
    name,
    keyId,
    verify: (text, signature) => signature.length === SIGNATURE_BYTES && verify(null, text, publicKey, signature),
  }
}

/** A signer of plain Ed25519 note signatures. */
export function noteSigner(name: string, privateKey: KeyObject): NoteSigner {
  const publicKey = rawPublicKey(privateKey)
  const vkey = encodeVerifierKey(name, SIGNATURE_TYPE.ed25519, publicKey)
  const keyId = keyIdOf(name, SIGNATURE_TYPE.ed25519, publicKey)
  return { name, keyId, vkey, sign: (text) => sign(null, text, privateKey) }
}

/** A new signer key, to be kept secret: `PRIVATE+KEY+name+keyID+base64(type ‖ seed)`, as golang.org/x/mod/sumdb/note writes it. */
export function generateSignerKey(name: string, type: SignatureType = SIGNATURE_TYPE.ed25519): string {
  const seed = generateSeed()
  const { keyId } = decodeVerifierKey(encodeVerifierKey(name, type, rawPublicKey(privateKeyFromSeed(seed))), type)
  return SIGNER_PREFIX + encodeKey(name, keyId, type, seed)
}

/**
 * Name and private key of a signer key.
 *
 * @throws InvalidRequest `signer-key-malformed`; the message never repeats the key
 */
export function decodeSignerKey(
  signerKey: string,
  type: SignatureType = SIGNATURE_TYPE.ed25519,
): { name: string; privateKey: KeyObject } {
  const key = signerKey.startsWith(SIGNER_PREFIX) ? decodeKey(signerKey.slice(SIGNER_PREFIX.length)) : null
  const privateKey = key?.type === type ? privateKeyFromSeed(key.material) : null
  if (!key || !privateKey || keyIdOf(key.name, type, rawPublicKey(privateKey)) !== key.keyId) {
    throw new InvalidRequest('signer-key-malformed', 'The signer key is malformed.')
  }
  return { name: key.name, privateKey }
}

/** The signer that a signer key describes. @throws InvalidRequest `signer-key-malformed` */
export function noteSignerFromKey(signerKey: string): NoteSigner {
  const { name, privateKey } = decodeSignerKey(signerKey)
  return noteSigner(name, privateKey)
}
