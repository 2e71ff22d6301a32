import { randomBytes } from 'node:crypto'
import { chmodSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { IntegrityError } from '../errors.js'
import type { ClusterHome } from './home.js'

/** Passwords of the embedded cluster's roles. Never logged, never leave the data folder. */
export interface ClusterCredentials {
  admin: string
  owner: string
  service: string
}

/** Reads the passwords, or makes them for a cluster that does not exist yet. */
export function openCredentials(home: ClusterHome): ClusterCredentials {
  if (existsSync(home.credentials)) return JSON.parse(readFileSync(home.credentials, 'utf8')) as ClusterCredentials
  if (existsSync(home.cluster)) {
    throw new IntegrityError(
      'embedded-postgres-credentials-lost',
      `The passwords of the embedded database are missing: ${home.credentials}. Restore the file from a backup.`,
    )
  }
  const credentials = { admin: randomPassword(), owner: randomPassword(), service: randomPassword() }
  writeDurably(home.credentials, JSON.stringify(credentials))
  return credentials
}

function randomPassword(): string {
  return randomBytes(24).toString('base64url')
}

function writeDurably(path: string, text: string): void {
  const draft = `${path}.draft`
  const file = openSync(draft, 'w', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  chmodSync(draft, 0o600)
  renameSync(draft, path)
}
