/**
 * Keyed digests for the few places that must recognise something personal without holding it: event ids of repeated
 * requests, the blind index of identifiers, evidence, actor pseudonyms. Without the secret nobody can try out values.
 */
import { createHmac, hkdfSync } from 'node:crypto'
import { readOrCreateKey } from './key-file.js'

/** What a digest is for; digests of different uses cannot be compared. */
export type DigestUse = 'event-id' | 'identifier' | 'evidence' | 'actor' | 'cursor' | 'pseudonym' | 'configuration'

export class DerivedSecrets {
  private readonly keys = new Map<DigestUse, Buffer>()

  constructor(private readonly secret: Buffer) {}

  static open(path: string): DerivedSecrets {
    return new DerivedSecrets(readOrCreateKey(path))
  }

  /** HMAC-SHA-256 over the parts, each with its length, so that no two lists of parts run into each other. */
  digest(use: DigestUse, ...parts: readonly string[]): Buffer {
    const hmac = createHmac('sha256', this.key(use))
    for (const part of parts) {
      const bytes = Buffer.from(part, 'utf8')
      hmac.update(`${bytes.length}:`).update(bytes)
    }
    return hmac.digest()
  }

  /** A digest in the form of a UUIDv4: the same parts give the same id, and nobody else can tell it from a random one. */
  uuid(use: DigestUse, ...parts: readonly string[]): string {
    const bytes = this.digest(use, ...parts).subarray(0, 16)
    bytes[6] = (bytes[6]! & 0x0f) | 0x40
    bytes[8] = (bytes[8]! & 0x3f) | 0x80
    const hex = bytes.toString('hex')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  }

  private key(use: DigestUse): Buffer {
    let key = this.keys.get(use)
    if (!key) this.keys.set(use, (key = Buffer.from(hkdfSync('sha256', this.secret, '', `twin-ledger ${use}`, 32))))
    return key
  }
}
