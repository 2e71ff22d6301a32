import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { ConfigurationError } from '../../platform/errors.js'
import { readOrCreateSecretFile, readSecretFile, replaceSecretFile } from '../../platform/secret-file.js'

type ClientSecrets = Record<string, string>

const fileIn = (dataDirectory: string): string => join(dataDirectory, 'client-secrets.json')
const randomSecret = (): string => randomBytes(32).toString('base64url')

/** One random client secret for each account, kept in the data directory; an account that is new gets its own. */
export function loadClientSecrets(dataDirectory: string, accounts: readonly string[]): ClientSecrets {
  const path = fileIn(dataDirectory)
  const kept = JSON.parse(readOrCreateSecretFile(path, () => serialise(withSecrets({}, accounts)))) as ClientSecrets
  if (accounts.every((name) => name in kept)) return kept
  const completed = withSecrets(kept, accounts)
  replaceSecretFile(path, serialise(completed))
  return completed
}

/**
 * The secret of one account, for whoever may read the data directory.
 *
 * @throws ConfigurationError when the directory holds none, or none for this account
 */
export function readClientSecret(dataDirectory: string, account: string): string {
  let secrets: ClientSecrets
  try {
    secrets = JSON.parse(readSecretFile(fileIn(dataDirectory))) as ClientSecrets
  } catch (failure) {
    if (failure instanceof ConfigurationError) throw failure
    throw new ConfigurationError(
      'This data directory holds no evaluation accounts; has the service run in evaluation mode?',
    )
  }
  const secret = Object.hasOwn(secrets, account) ? secrets[account] : undefined
  if (secret === undefined) {
    throw new ConfigurationError('There is no such evaluation account.', { accounts: Object.keys(secrets) })
  }
  return secret
}

function withSecrets(kept: ClientSecrets, accounts: readonly string[]): ClientSecrets {
  return { ...Object.fromEntries(accounts.map((name) => [name, randomSecret()])), ...kept }
}

function serialise(secrets: ClientSecrets): string {
  return JSON.stringify(secrets, null, 2)
}
