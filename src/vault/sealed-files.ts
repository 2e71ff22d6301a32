/**
 * Files of a person that are too large for an event's payload. Each is sealed under a random key of its own (A256GCM), and that
 * key under one of the person's keys: destroying the person's key makes the file unreadable, and the database deletes it.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import { IntegrityError } from '../platform/errors.js'
import type { KeyClass } from './key-class.js'
import type { SealBinding } from './sealed-payload.js'
import type { Vault } from './vault.js'

/** Whose file it is, and in which stream it is spoken of. */
export interface FileOwner {
  id: string
  stream: string
}

const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32

export class SealedFiles {
  constructor(
    private readonly pool: Pool,
    private readonly vault: Vault,
  ) {}

  /** @param keyClass of the subject's key that guards it */
  async put(file: FileOwner & { subject: string; keyClass: KeyClass; content: Uint8Array }): Promise<void> {
    const subjectKey = await this.vault.sealingKey(file.subject, file.keyClass)
    const fileKey = randomBytes(KEY_BYTES)
    const sealedKey = this.vault.seal(fileKey.toString('base64url'), subjectKey, bindingOf(file))
    await this.pool.query(
      'insert into vault.sealed_file (id, stream, kid, sealed_key, content) values ($1, $2, $3, $4, $5)',
      [file.id, file.stream, subjectKey.kid, sealedKey, seal(file.content, fileKey, file)],
    )
    fileKey.fill(0)
  }

  /**
   * The content; null when the file or its key is gone.
   *
   * @throws IntegrityError `file-unsealing-failed`, `payload-unsealing-failed`: altered, or put in another's place
   */
  async open(file: FileOwner): Promise<Buffer | null> {
    const { rows } = await this.pool.query<{ kid: string; sealed_key: Buffer; content: Buffer }>(
      'select kid, sealed_key, content from vault.sealed_file where id = $1',
      [file.id],
    )
    if (!rows[0]) return null
    const { kid, sealed_key: sealedKey, content } = rows[0]
    const key = await this.vault.open(sealedKey, kid, bindingOf(file))
    return key === null ? null : unseal(content, Buffer.from(key, 'base64url'), file)
  }

  /** @param until RFC 3339: those that were put there until then */
  async writtenUntil(until: string): Promise<FileOwner[]> {
    const { rows } = await this.pool.query<FileOwner>(
      'select id, stream from vault.sealed_file where created_at <= $1 and stream is not null order by created_at',
      [until],
    )
    return rows
  }

  async delete(id: string): Promise<void> {
    await this.pool.query('delete from vault.sealed_file where id = $1', [id])
  }
}

const bindingOf = ({ id, stream }: FileOwner): SealBinding => ({ id, stream, type: 'vault.file-key', schema: 1 })
const additionalData = ({ id, stream }: FileOwner): Buffer => Buffer.from(`twin-ledger-file\n${id}\n${stream}`)

function seal(content: Uint8Array, key: Buffer, file: FileOwner): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(additionalData(file))
  return Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()])
}

function unseal(stored: Buffer, key: Buffer, file: FileOwner): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, stored.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    decipher.setAAD(additionalData(file)).setAuthTag(stored.subarray(-TAG_BYTES))
    return Buffer.concat([decipher.update(stored.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()])
  } catch {
    throw new IntegrityError('file-unsealing-failed', 'A sealed file was altered or put in the place of another.')
  }
}
