/** A real browser before the built console. */
import { execFile } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe } from '@jest/globals'
import { chromium, type Browser, type Page } from 'playwright-core'
import { withFileLock } from '../../../src/platform/file-lock.js'
import { projectRoot } from '../../../src/platform/project-root.js'

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium'
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--enable-unsafe-swiftshader',
]
const PATIENCE_MS = 120_000

/** `describe` where a browser can run; elsewhere it says that it skips, and why. */
export function describeInBrowser(name: string, tests: () => void): void {
  const withBrowser = existsSync(EXECUTABLE)
  if (!withBrowser)
    process.stderr.write(`Not tested in a browser: ${name}. ${EXECUTABLE} is missing (name another one in CHROMIUM).\n`)
  ;(withBrowser ? describe : describe.skip)(name, tests)
}

/**
 * Builds the console as it is shipped (Jest's NODE_ENV would make a development build of it), unless it is newer than all it is made
 * of. Spec files that run at the same time share the one build.
 */
export async function buildConsole(): Promise<void> {
  const root = projectRoot()
  await withFileLock(join(root, 'web', '.build-lock'), async () => {
    const page = join(root, 'web', 'dist', 'index.html')
    const sources = ['web/src', 'web/public', 'web/index.html', 'web/vite.config.ts', 'src', 'package-lock.json']
    if (existsSync(page) && statSync(page).mtimeMs > Math.max(...sources.map((part) => newest(join(root, part)))))
      return
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
    const env = { ...process.env, NODE_ENV: 'production' }
    await promisify(execFile)(process.execPath, [vite, 'build', 'web', '--logLevel', 'error'], { cwd: root, env })
  })
}

/** When the file, or the newest one in the folder, was changed last. */
function newest(path: string): number {
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs
  const within = readdirSync(path, { recursive: true, encoding: 'utf8' })
  return Math.max(found.mtimeMs, ...within.map((name) => statSync(join(path, name)).mtimeMs))
}

export const launchBrowser = (): Promise<Browser> => chromium.launch({ executablePath: EXECUTABLE, args: FLAGS })

export interface Visit {
  page: Page
  /** What the browser complained of: errors of scripts, and whatever the content security policy stopped. */
  complaints: string[]
}

/** A page of its own, with nobody signed in. */
export async function visit(browser: Browser): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  return { page, complaints }
}
