import { createPublicKey, type KeyObject } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import { calculateJwkThumbprint, CompactSign, exportJWK, type JWK } from 'jose'
import { ConfigurationError } from '../../platform/errors.js'

/** KeyObject: the private Ed25519 key that signs exports. Not the log's key: one key, one use. */
export const EXPORT_SIGNING_KEY = Symbol('twin-ledger:export-signing-key')

/** Signs what leaves the service as a copy. */
@Injectable()
export class ExportSigner {
  private readonly publicJwk: Promise<JWK>

  constructor(@Inject(EXPORT_SIGNING_KEY) private readonly key: KeyObject) {
    if (key.type !== 'private' || key.asymmetricKeyType !== 'ed25519')
      throw new ConfigurationError('The key that signs exports is not a private Ed25519 key.')
    this.publicJwk = publicJwkOf(key)
  }

  /** The public key, named by its RFC 7638 thumbprint. */
  async keySet(): Promise<{ keys: JWK[] }> {
    return { keys: [await this.publicJwk] }
  }

  /** A compact JWS (RFC 7515, EdDSA of RFC 8037) whose payload is exactly `bytes`. */
  async sign(bytes: Uint8Array, mediaType: string): Promise<string> {
    const { kid } = await this.publicJwk
    const header = { alg: 'EdDSA', kid, typ: 'JOSE', cty: mediaType }
    return new CompactSign(bytes).setProtectedHeader(header).sign(this.key)
  }
}

async function publicJwkOf(key: KeyObject): Promise<JWK> {
  const jwk = await exportJWK(createPublicKey(key))
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'EdDSA', use: 'sig' }
}
