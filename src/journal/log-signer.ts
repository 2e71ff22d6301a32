import { ConfigurationError } from '../platform/errors.js'
import { readOrCreateSecretFile } from '../platform/secret-file.js'
import { generateSignerKey, noteSignerFromKey, type NoteSigner } from '../ledger/log/note-key.js'

/**
 * The signer of checkpoints, from a file in the signed-note private key form; made on first start.
 *
 * @throws ConfigurationError the file is no such key, or its key has another name than the log's origin
 */
export function openLogSigner(path: string, origin: string): NoteSigner {
  const text = readOrCreateSecretFile(path, () => `${generateSignerKey(origin)}\n`).trim()
  const signer = readSigner(text, path)
  if (signer.name !== origin)
    throw new ConfigurationError(`The key in ${path} signs for ${signer.name}, but LOG_ORIGIN is ${origin}.`)
  return signer
}

function readSigner(text: string, path: string): NoteSigner {
  try {
    return noteSignerFromKey(text)
  } catch (error) {
    throw new ConfigurationError(`${path} does not hold a signed-note private key.`, {}, { cause: error })
  }
}
