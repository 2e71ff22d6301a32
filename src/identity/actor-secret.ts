import { randomBytes } from 'node:crypto'
import { readOrCreateSecretFile } from '../platform/secret-file.js'

/**
 * The secret behind pseudonymous actor ids, from a file with mode 0600 that is made at the first start. It belongs into
 * the backup, apart from the database: with another secret every person would get another id. Instances share one file.
 *
 * @returns 32 bytes
 * @throws ConfigurationError when others may read the file
 */
export function loadActorSecret(path: string): Buffer {
  return Buffer.from(
    readOrCreateSecretFile(path, () => randomBytes(32).toString('base64url')),
    'base64url',
  )
}
