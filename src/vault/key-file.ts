/** 32-byte keys in files of mode 0600, base64url: made once, never overwritten. */
import { randomBytes } from 'node:crypto'
import { ConfigurationError } from '../platform/errors.js'
import { readOrCreateSecretFile } from '../platform/secret-file.js'

const KEY_BYTES = 32

/** @throws ConfigurationError the file holds something else, or others may read it */
export function readOrCreateKey(path: string): Buffer {
  const key = Buffer.from(
    readOrCreateSecretFile(path, () => `${randomBytes(KEY_BYTES).toString('base64url')}\n`).trim(),
    'base64url',
  )
  if (key.length !== KEY_BYTES) throw new ConfigurationError(`${path} does not hold a 32-byte base64url key.`)
  return key
}
