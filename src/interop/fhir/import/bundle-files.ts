/** Finding and reading the bundle files of a folder. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { InvalidRequest } from '../../../platform/errors.js'

/** Larger than any service takes, and small enough that a decompression bomb does no harm. */
const MOST_BYTES = 256 * 1024 * 1024

/**
 * Paths of all `*.json` and `*.json.gz` below a folder, relative to it, in alphabetical order. Hidden files are left alone.
 *
 * @throws InvalidRequest `import-folder-missing`
 */
export async function bundleFiles(folder: string): Promise<string[]> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!isFolder) throw new InvalidRequest('import-folder-missing', 'There is no such folder to import.')
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  return found
    .filter((entry) => entry.isFile() && /^[^.].*\.json(\.gz)?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, '/').length))
    .sort()
}

/** @throws InvalidRequest `import-file-unreadable` for a compressed file that is damaged or expands beyond all measure */
export async function readBundleFile(path: string): Promise<Buffer> {
  const bytes = await readFile(path)
  if (!path.endsWith('.gz')) return bytes
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: MOST_BYTES })
  } catch {
    throw new InvalidRequest('import-file-unreadable', 'The compressed file cannot be read.')
  }
}
