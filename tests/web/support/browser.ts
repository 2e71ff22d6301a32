/** A real browser before the built console. */
import { existsSync } from 'node:fs'
import { describe } from '@jest/globals'
import { chromium, type Browser, type Page } from 'playwright-core'

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
