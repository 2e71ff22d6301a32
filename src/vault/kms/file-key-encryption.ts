/** Key-encryption keys kept in a file outside the database, AES-256-GCM: a key a line, base64url, the last one wraps. */
import { createCipheriv, createDecipheriv, createSecretKey, hash, randomBytes, type KeyObject } from 'node:crypto'
import { Conflict, ConfigurationError } from '../../platform/errors.js'
import { readOrCreateSecretFile, readSecretFile, replaceSecretFile } from '../../platform/secret-file.js'
import type { KeyEncryption, WrappedKey } from '../key-encryption.js'
import { unwrapFailed } from './provider-errors.js'

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

interface KeyRing {
  text: string
  /** Oldest first. */
  keys: ReadonlyMap<string, KeyObject>
  current: string
}

export class FileKeyEncryption implements KeyEncryption {
  readonly provider = 'file'

  private constructor(
    private readonly path: string,
    private ring: KeyRing,
  ) {}

  /**
   * Opens the key file, making one of mode 0600 on first start.
   *
   * @throws ConfigurationError a line is no 32-byte key, or others may read the file
   */
  static open(path: string): FileKeyEncryption {
    return new FileKeyEncryption(path, parse(readOrCreateSecretFile(path, newLine), path))
  }

  /** The id of the key that wraps now. */
  get id(): string {
    return this.reread().current
  }

  async currentId(): Promise<string> {
    return this.id
  }

  async wrap(dataKey: Buffer, keyId: string): Promise<WrappedKey> {
    const { keys, current } = this.reread()
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', keys.get(current)!, nonce).setAAD(Buffer.from(keyId))
    const wrapped = Buffer.concat([nonce, cipher.update(dataKey), cipher.final(), cipher.getAuthTag()])
    return { wrapped, wrappedBy: current, algorithm: 'A256GCM' }
  }

  async unwrap(wrapped: Buffer, keyId: string, wrappedBy: string): Promise<Buffer> {
    // Another process may have added the key since the file was read here.
    const key = this.ring.keys.get(wrappedBy) ?? this.reread().keys.get(wrappedBy)
    try {
      if (!key) throw new Error('no such key')
      const decipher = createDecipheriv('aes-256-gcm', key, wrapped.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
      decipher.setAAD(Buffer.from(keyId)).setAuthTag(wrapped.subarray(-TAG_BYTES))
      return Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()])
    } catch {
      throw unwrapFailed(wrappedBy)
    }
  }

  /** @throws Conflict `key-file-not-writable` */
  async rotate(): Promise<string> {
    this.write(`${this.reread().text.trimEnd()}\n${newLine()}`)
    return this.ring.current
  }

  /** @throws Conflict `key-file-not-writable` */
  async retire(id: string): Promise<string> {
    const kept = lines(this.reread().text).filter((line) => idOf(decode(line)) !== id)
    if (kept.length < this.ring.keys.size) this.write(`${kept.join('\n')}\n`)
    return 'Removed from the key file; remove it from the copies of that file too.'
  }

  private reread(): KeyRing {
    const text = readSecretFile(this.path)
    if (text !== this.ring.text) this.ring = parse(text, this.path)
    return this.ring
  }

  private write(text: string): void {
    try {
      replaceSecretFile(this.path, text)
    } catch (cause) {
      throw new Conflict(
        'key-file-not-writable',
        'The key file cannot be replaced from here: add or remove the line where the file is kept.',
        { reason: (cause as NodeJS.ErrnoException).code },
      )
    }
    this.ring = parse(text, this.path)
  }
}

const newLine = (): string => `${randomBytes(KEY_BYTES).toString('base64url')}\n`
const decode = (line: string): Buffer => Buffer.from(line, 'base64url')
const idOf = (secret: Buffer): string => `file:${hash('sha256', secret, 'hex').slice(0, 16)}`
const lines = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '')

function parse(text: string, path: string): KeyRing {
  const secrets = lines(text).map((line) => decode(line.trim()))
  const last = secrets.at(-1)
  if (!last || secrets.some(({ length }) => length !== KEY_BYTES))
    throw new ConfigurationError(`${path} does not hold 32-byte base64url keys, one a line.`)
  return {
    text,
    keys: new Map(secrets.map((secret) => [idOf(secret), createSecretKey(secret)])),
    current: idOf(last),
  }
}
