/** Witness cosignatures on checkpoints, C2SP tlog-cosignature version 1 (Ed25519). */
import { type KeyObject, sign, verify } from 'node:crypto'
import { publicKeyFromRaw, rawPublicKey, SIGNATURE_BYTES } from './ed25519.js'
import type { NoteSignature } from './note.js'
import {
  decodeSignerKey,
  decodeVerifierKey,
  encodeVerifierKey,
  generateSignerKey,
  keyIdOf,
  type NoteVerifier,
  SIGNATURE_TYPE,
} from './note-key.js'

const TIME_BYTES = 8
const MAX_TIME = 2n ** 63n - 1n

export interface Cosigner {
  readonly name: string
  readonly keyId: string
  readonly vkey: string
  /** @param time POSIX seconds, whole */
  cosign(checkpointText: string, time: number): NoteSignature
}

function signedMessage(time: bigint, checkpointText: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`cosignature/v1\ntime ${time}\n`), checkpointText])
}

/** A cosigner; its private key must not sign anything else, since the message does not name it. */
export function cosigner(name: string, privateKey: KeyObject): Cosigner {
  const publicKey = rawPublicKey(privateKey)
  const keyId = keyIdOf(name, SIGNATURE_TYPE.cosignature, publicKey)
  return {
    name,
    keyId,
    vkey: encodeVerifierKey(name, SIGNATURE_TYPE.cosignature, publicKey),
    cosign(checkpointText, time) {
      const blob = Buffer.alloc(TIME_BYTES)
      blob.writeBigUInt64BE(BigInt(time))
      const signature = sign(null, signedMessage(BigInt(time), Buffer.from(checkpointText)), privateKey)
      return { name, keyId, signature: Buffer.concat([blob, signature]) }
    },
  }
}

/** A new cosigner key, to be kept secret, in the form of `generateSignerKey` with type 0x04. @throws InvalidRequest `vkey-malformed` */
export function generateCosignerKey(name: string): string {
  return generateSignerKey(name, SIGNATURE_TYPE.cosignature)
}

/** The cosigner that a cosigner key describes. @throws InvalidRequest `signer-key-malformed` */
export function cosignerFromKey(cosignerKey: string): Cosigner {
  const { name, privateKey } = decodeSignerKey(cosignerKey, SIGNATURE_TYPE.cosignature)
  return cosigner(name, privateKey)
}

/** A verifier of one witness's cosignatures, for `verifyNote` and `openCheckpoint`. @throws InvalidRequest `vkey-malformed` */
export function cosignatureVerifier(vkey: string): NoteVerifier {
  const { name, keyId, material } = decodeVerifierKey(vkey, SIGNATURE_TYPE.cosignature)
  const publicKey = publicKeyFromRaw(material)
  return {
    name,
    keyId,
    verify(text, signature) {
      const blob = Buffer.from(signature)
      if (blob.length !== TIME_BYTES + SIGNATURE_BYTES) return false
      const time = blob.readBigUInt64BE()
      return time <= MAX_TIME && verify(null, signedMessage(time, text), publicKey, blob.subarray(TIME_BYTES))
    },
  }
}

/** POSIX seconds at which a verified cosignature was made. */
export function cosignatureTime({ signature }: NoteSignature): number {
  return Number(signature.readBigUInt64BE())
}
