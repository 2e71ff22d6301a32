/** A key-encryption key kept in a file outside the database, AES-256-GCM. */
import { createCipheriv, createDecipheriv, createSecretKey, hash, randomBytes, type KeyObject } from 'node:crypto'
import { IntegrityError } from '../platform/errors.js'
import type { KeyEncryption } from './key-encryption.js'
import { readOrCreateKey } from './key-file.js'

const NONCE_BYTES = 12
const TAG_BYTES = 16

export class FileKeyEncryption implements KeyEncryption {
  readonly id: string

  private constructor(
    private readonly key: KeyObject,
    fingerprint: string,
  ) {
    this.id = `file:${fingerprint}`
  }

  /** Opens the key file, making one of mode 0600 on first start. */
  static open(path: string): FileKeyEncryption {
    const secret = readOrCreateKey(path)
    return new FileKeyEncryption(createSecretKey(secret), hash('sha256', secret, 'hex').slice(0, 16))
  }

  async wrap(dataKey: Buffer, keyId: string): Promise<Buffer> {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(keyId))
    return Buffer.concat([nonce, cipher.update(dataKey), cipher.final(), cipher.getAuthTag()])
  }

  async unwrap(wrapped: Buffer, keyId: string, wrappedBy: string): Promise<Buffer> {
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.key, wrapped.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
      decipher.setAAD(Buffer.from(keyId)).setAuthTag(wrapped.subarray(-TAG_BYTES))
      return Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()])
    } catch {
      throw new IntegrityError(
        'key-unwrap-failed',
        'A data key cannot be unwrapped with the configured key-encryption key.',
        {
          wrappedBy,
          configured: this.id,
        },
      )
    }
  }
}
