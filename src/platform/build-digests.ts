/** Which build runs, so that the evidence of its validation can be found: digests of its files, not a version that somebody wrote. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { projectRoot } from './project-root.js'

/** SHA-256, hexadecimal. */
export interface BuildDigests {
  /**
   * Of what `sha256sum` prints of every file of the running code, of `migrations`, and of `package.json` and `package-lock.json`,
   * which pin what it depends on, in byte order of their paths from the package's folder:
   * `find dist migrations package.json package-lock.json -type f | LC_ALL=C sort | xargs sha256sum | sha256sum`
   */
  build: string
  /** Of compliance/requirements.json: each requirement with the code that meets it; the tests that prove it name its id. Absent where the file was not installed. */
  requirements?: string
}

let computed: BuildDigests | undefined

/** Read once: what a process runs does not change. */
export function buildDigests(): BuildDigests {
  return (computed ??= compute())
}

function compute(): BuildDigests {
  const root = projectRoot()
  const code = join(dirname(fileURLToPath(import.meta.url)), '..')
  const files = [code, ...['migrations', 'package.json', 'package-lock.json'].map((name) => join(root, name))]
    .flatMap(filesOf)
    .map((path) => ({ path, name: relative(root, path) }))
    .sort((one, other) => Buffer.compare(Buffer.from(one.name), Buffer.from(other.name)))
  const lines = files.map(({ path, name }) => `${sha256(readFileSync(path))}  ${name}\n`)
  const requirements = join(root, 'compliance', 'requirements.json')
  return {
    build: sha256(lines.join('')),
    ...(existsSync(requirements) && { requirements: sha256(readFileSync(requirements)) }),
  }
}

function filesOf(path: string): string[] {
  if (!existsSync(path)) return []
  try {
    const entries = readdirSync(path, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return [path]
    throw error
  }
}

const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex')
