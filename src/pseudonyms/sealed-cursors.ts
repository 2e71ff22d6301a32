import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { InvalidRequest } from '../platform/errors.js'
import type { DerivedSecrets } from '../vault/derived-secrets.js'

const IV_BYTES = 12
const TAG_BYTES = 16

/**
 * Cursors as they leave the service: AES-256-GCM over what the list wrote, bound to whoever asked and to the path. A list writes
 * where in its order it stopped, which is often a place in the log; outside, a cursor says nothing, and is good for nobody else.
 */
export class SealedCursors {
  private readonly key: Buffer

  constructor(secrets: Pick<DerivedSecrets, 'digest'>) {
    this.key = secrets.digest('cursor', 'page')
  }

  seal(cursor: string, boundTo: readonly string[]): string {
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(bound(boundTo))
    const sealed = Buffer.concat([cipher.update(cursor, 'utf8'), cipher.final()])
    return Buffer.concat([iv, sealed, cipher.getAuthTag()]).toString('base64url')
  }

  /** @throws InvalidRequest `cursor-invalid`: it was altered, or belongs to another list or reader */
  open(sealed: string, boundTo: readonly string[]): string {
    const bytes = Buffer.from(sealed, 'base64url')
    if (bytes.length <= IV_BYTES + TAG_BYTES) throw invalid()
    const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, IV_BYTES))
    decipher.setAAD(bound(boundTo)).setAuthTag(bytes.subarray(-TAG_BYTES))
    try {
      const text = [decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]
      return Buffer.concat(text).toString('utf8')
    } catch {
      throw invalid()
    }
  }
}

const bound = (parts: readonly string[]): Buffer => Buffer.from(JSON.stringify(parts))
const invalid = () => new InvalidRequest('cursor-invalid', 'The cursor is not one of this list.')
