import { execFile } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { withFileLock } from '../../../src/platform/file-lock.js'
import { projectRoot } from '../../../src/platform/project-root.js'

/** Longest that one build is waited for by others. */
const BUILD_MS = 280_000

/**
 * Builds the console as it is shipped (Jest's NODE_ENV would make a development build of it), unless it is newer than all it is made
 * of. Spec files that run at the same time share the one build.
 */
export async function buildConsole(): Promise<void> {
  const root = projectRoot()
  await withFileLock(
    join(root, 'web', '.build-lock'),
    async () => {
      const page = join(root, 'web', 'dist', 'index.html')
      const sources = ['web/src', 'web/public', 'web/index.html', 'web/vite.config.ts', 'src', 'package-lock.json']
      if (existsSync(page) && statSync(page).mtimeMs > Math.max(...sources.map((part) => newest(join(root, part)))))
        return
      const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
      const env = { ...process.env, NODE_ENV: 'production' }
      await promisify(execFile)(process.execPath, [vite, 'build', 'web', '--logLevel', 'error'], { cwd: root, env })
    },
    BUILD_MS,
  )
}

/** When the file, or the newest one in the folder, was changed last. */
function newest(path: string): number {
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs
  const within = readdirSync(path, { recursive: true, encoding: 'utf8' })
  return Math.max(found.mtimeMs, ...within.map((name) => statSync(join(path, name)).mtimeMs))
}
