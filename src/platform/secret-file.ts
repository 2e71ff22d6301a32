import { randomUUID } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { ConfigurationError } from './errors.js'

/**
 * Reads a file that only its owner may read, or creates it. Of two processes that create it at once, one wins and both
 * read the same content.
 */
export function readOrCreateSecretFile(path: string, create: () => string): string {
  try {
    return readSecretFile(path)
  } catch (failure) {
    if (!isCode(failure, 'ENOENT')) throw failure
  }
  const draft = writeDraft(path, create())
  try {
    linkSync(draft, path)
  } catch (failure) {
    if (!isCode(failure, 'EEXIST')) throw failure
  } finally {
    rmSync(draft)
  }
  return readSecretFile(path)
}

/** Replaces the file's content in one step: a reader sees the old or the new, never half. */
export function replaceSecretFile(path: string, content: string): void {
  renameSync(writeDraft(path, content), path)
}

/**
 * @throws ConfigurationError when others may read the file
 * @throws NodeJS.ErrnoException ENOENT when there is none
 */
export function readSecretFile(path: string): string {
  const { mode } = statSync(path)
  // Windows has no such bits; there the folder's access list protects the file.
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new ConfigurationError('A secret file can be read by others; give it mode 0600.', { path })
  }
  return readFileSync(path, 'utf8')
}

function writeDraft(path: string, content: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${randomUUID()}`
  writeFileSync(draft, content, { mode: 0o600, flag: 'wx', flush: true })
  chmodSync(draft, 0o600)
  return draft
}

function isCode(failure: unknown, code: string): boolean {
  return (failure as NodeJS.ErrnoException | undefined)?.code === code
}
