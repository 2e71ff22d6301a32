/** 32-byte secrets in files of mode 0600: made once, never overwritten. */
import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ConfigurationError } from '../platform/errors.js'

const SECRET_BYTES = 32

/**
 * The secret in `path` (base64url), made if the file does not exist. Two processes that start together agree on one.
 *
 * @throws ConfigurationError the file holds something else
 */
export async function readOrCreateSecret(path: string): Promise<Buffer> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(randomBytes(SECRET_BYTES).toString('base64url') + '\n')
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readSecret(path)
}

/** How often a file that another process is just writing is read again. */
const READS = 20

async function readSecret(path: string): Promise<Buffer> {
  for (let read = 1; ; read++) {
    const secret = Buffer.from((await readFile(path, 'utf8')).trim(), 'base64url')
    if (secret.length === SECRET_BYTES) return secret
    if (read === READS) throw new ConfigurationError(`${path} does not hold a 32-byte base64url secret.`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
