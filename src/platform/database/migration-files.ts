import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigurationError } from '../errors.js'
import { projectRoot } from '../project-root.js'

/** One reviewed SQL file of `migrations/`: `NNNN-what-it-does.sql`, applied in the order of its number, never edited. */
export interface MigrationFile {
  /** File name, for example `0010-event-store.sql`. */
  file: string
  number: number
  sql: string
  /** SHA-256 of the file, lower-case hex. */
  checksum: string
}

const NAME = /^(\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*\.sql$/

/**
 * Reads every migration in the order of its number.
 * @throws ConfigurationError for a misnamed file or two files with one number
 */
export function readMigrationFiles(folder: string = join(projectRoot(), 'migrations')): MigrationFile[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => readMigrationFile(folder, file))
  for (const [index, { file, number }] of files.entries()) {
    const next = files[index + 1]
    if (next?.number === number) {
      throw new ConfigurationError(`Migrations ${file} and ${next.file} have the same number.`)
    }
  }
  return files
}

/** One digest over all files: equal digests mean equal schemas. Lower-case hex. */
export function digestOfMigrations(files: readonly MigrationFile[]): string {
  const hash = createHash('sha256')
  for (const { file, checksum } of files) hash.update(`${file} ${checksum}\n`)
  return hash.digest('hex')
}

function readMigrationFile(folder: string, file: string): MigrationFile {
  const number = NAME.exec(file)?.[1]
  if (number === undefined) {
    throw new ConfigurationError(`Migration ${file} is misnamed; expected NNNN-words-in-kebab-case.sql.`)
  }
  const sql = readFileSync(join(folder, file), 'utf8')
  return { file, number: Number(number), sql, checksum: createHash('sha256').update(sql).digest('hex') }
}
