/** The private halves of the service's signature keys, in one file of mode 0600: one base64url seed a line, the last one in use. */
import { createPublicKey, type KeyObject } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK } from 'jose'
import { generateSeed, KEY_BYTES, privateKeyFromSeed } from '../../ledger/log/ed25519.js'
import { ConfigurationError } from '../../platform/errors.js'
import { readOrCreateSecretFile, readSecretFile, replaceSecretFile } from '../../platform/secret-file.js'
import type { PublicSignatureKey } from '../events.js'

export interface RingKey {
  publicKey: PublicSignatureKey
  privateKey: KeyObject
}

export class KeyRing {
  /** @param path the file is made when there is none */
  constructor(private readonly path: string) {
    readOrCreateSecretFile(path, () => line(generateSeed()))
  }

  /** The key in use. @throws ConfigurationError the file holds something else, or others may read it */
  async newest(): Promise<RingKey> {
    return ringKey(this.seeds().at(-1)!)
  }

  /** Read anew each time: another process may have added one. Null when the file does not have it. */
  async find(kid: string): Promise<RingKey | null> {
    for (const seed of this.seeds().reverse()) {
      const key = await ringKey(seed)
      if (key.publicKey.kid === kid) return key
    }
    return null
  }

  /** A key nobody has used yet; `keep` puts it into the file. */
  async draw(): Promise<RingKey & { keep: () => void }> {
    const seed = generateSeed()
    const keep = () => replaceSecretFile(this.path, [...this.seeds(), seed].map(line).join(''))
    return { ...(await ringKey(seed)), keep }
  }

  private seeds(): Buffer[] {
    const lines = readSecretFile(this.path).trim().split(/\s+/)
    const seeds = lines.map((text) => Buffer.from(text, 'base64url'))
    if (seeds.some(({ length }) => length !== KEY_BYTES))
      throw new ConfigurationError(`${this.path} does not hold 32-byte base64url keys, one a line.`)
    return seeds
  }
}

const line = (seed: Buffer): string => `${seed.toString('base64url')}\n`

async function ringKey(seed: Buffer): Promise<RingKey> {
  const privateKey = privateKeyFromSeed(seed)
  const { x } = await exportJWK(createPublicKey(privateKey))
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: x! } as const
  return { privateKey, publicKey: { ...jwk, kid: await calculateJwkThumbprint(jwk) } }
}
