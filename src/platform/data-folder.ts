import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Configuration } from './configuration.js'

/** `keys/` in the data folder: secrets of the service, for its own user alone. Created when missing. */
export function keysFolder({ dataDirectory }: Pick<Configuration, 'dataDirectory'>): string {
  return privateFolder(join(dataDirectory, 'keys'))
}

/** Where the embedded issuer of evaluation mode keeps its keys and client secrets. */
export const evaluationFolder = (configuration: Pick<Configuration, 'dataDirectory'>): string =>
  join(keysFolder(configuration), 'evaluation')

/** `run/` in the data folder: what a running service leaves for its command line. Created when missing. */
export function runFolder({ dataDirectory }: Pick<Configuration, 'dataDirectory'>): string {
  return privateFolder(join(dataDirectory, 'run'))
}

/**
 * The name of the transparency log. An evaluation ledger draws one at its first start and keeps it in the data folder:
 * checkpoints are signed under it, so it must not follow a changing host name.
 */
export function resolveLogOrigin({
  logOrigin,
  dataDirectory,
}: Pick<Configuration, 'logOrigin' | 'dataDirectory'>): string {
  if (logOrigin !== undefined) return logOrigin
  mkdirSync(dataDirectory, { recursive: true, mode: 0o711 })
  const path = join(dataDirectory, 'log-origin')
  if (!existsSync(path)) createOnce(path, `twin-ledger.local/${randomBytes(4).toString('hex')}\n`)
  return readFileSync(path, 'utf8').trim()
}

/** Creates a file whole or not at all; when two processes try, the first one's content stays. */
function createOnce(path: string, text: string): void {
  const draft = `${path}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, text, { flush: true })
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
}

function privateFolder(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  chmodSync(path, 0o700)
  return path
}
