/** A log in a folder that is laid out as it would be served. */
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { Unavailable } from '../../platform/errors.js'
import { type PublishedLog, resourceTooLarge } from './log-source.js'
import { resourceLogSource } from './resource-log-source.js'
import { errorCode } from './system-error.js'

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'EISDIR'])

async function readBounded(file: string, path: string, maxBytes: number): Promise<Buffer> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    if (size > maxBytes) throw resourceTooLarge(path, maxBytes)
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}

/** @param folder holds `checkpoint` and `tile/` */
export function folderLogSource(folder: string): PublishedLog {
  return resourceLogSource(async (path, maxBytes) => {
    try {
      return await readBounded(join(folder, path), path, maxBytes)
    } catch (error) {
      if (ABSENT.has(errorCode(error))) return null
      if (!/^E[A-Z0-9]+$/.test(errorCode(error))) throw error
      throw new Unavailable('log-unreachable', 'The log folder cannot be read.', { reason: errorCode(error) })
    }
  })
}
