/** `npm start` as a new user runs it: what it shows, and the tour of the README on it, word for word. */
import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { requestEvaluationToken } from '../../src/identity/evaluation-issuer/request-evaluation-token.js'
import { evaluationFolder } from '../../src/platform/data-folder.js'
import { projectRoot } from '../../src/platform/project-root.js'
import { specifyOpportunities } from '../evaluation/support/opportunities.js'
import { freePort } from '../support/free-port.js'
import { shownPattern, tourSteps } from '../support/readme-tour.js'
import { buildConsole } from '../web/support/build-console.js'

const README_PORT = '3000'
const README_FOLDER = '/tmp/twin-ledger-tour'
const steps = tourSteps(await readFile(join(projectRoot(), 'README.md'), 'utf8'))

let service: ChildProcess
let folder: string
let port: string

beforeAll(async () => {
  // `npm start` builds it where it is missing: not while the tests in a browser do the same, or look at it.
  await buildConsole()
  folder = await mkdtemp(join(tmpdir(), 'twin-ledger-readme-'))
  port = String(await freePort())
  service = spawn('npm', ['start'], {
    cwd: projectRoot(),
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  await ready(service)
}, 900_000)
afterAll(async () => {
  const ended = new Promise((resolve) => service.once('close', resolve))
  process.kill(-service.pid!, 'SIGTERM')
  await ended
  await rm(folder, { recursive: true, force: true })
})

const dataDirectory = () => join(folder, 'data')
const environment = () => ({
  ...process.env,
  PORT: port,
  TWIN_LEDGER_DATA: dataDirectory(),
  NODE_OPTIONS: '',
  NODE_ENV: 'production',
  LOG_LEVEL: 'warn',
})

describe('the evaluation data of `npm start`', () => {
  const tokens = new Map<string, string>()

  specifyOpportunities({
    async request(as, path, init = {}) {
      const url = `http://127.0.0.1:${port}`
      const headers = new Headers(init.headers)
      if (as !== null) {
        const issuer = { issuerUrl: `${url}/oidc`, dataDirectory: evaluationFolder({ dataDirectory: dataDirectory() }) }
        if (!tokens.has(as)) tokens.set(as, await requestEvaluationToken({ ...issuer, account: as }))
        headers.set('authorization', `Bearer ${tokens.get(as)!}`)
      }
      return fetch(`${url}${path}`, { ...init, headers })
    },
  })
})

/** The page's commands are for a shell with curl; a machine without them can run the product, not the tour. */
function hasShell(): boolean {
  try {
    execFileSync('bash', ['-c', 'curl --version'])
    return true
  } catch {
    console.warn('Skipped: the tour of the README needs bash and curl.')
    return false
  }
}

/** Runs the steps in one shell, as a reader would, and keeps what each printed. */
const describeWithShell = hasShell() ? describe : describe.skip
describeWithShell('the tour of the README, on that service', () => {
  let outputs: string[]

  beforeAll(async () => {
    const mark = '@@@ next step @@@'
    const script = steps
      .map((step) =>
        step.script.replaceAll(`:${README_PORT}`, `:${port}`).replaceAll(README_FOLDER, join(folder, 'tour')),
      )
      .join(`\necho '${mark}'\n`)
    outputs = (await shell(script, environment())).split(`${mark}\n`)
  }, 900_000)

  it('has steps', () => expect(steps.length).toBeGreaterThan(8))

  it.each(steps.map(({ line, shown }, at) => [line, shown, at] as const))(
    'prints at line %i what the page shows',
    (_line, shown, at) => {
      if (shown === undefined) return
      expect(outputs[at]).toMatch(shownPattern(shown.replaceAll(README_FOLDER, '…')))
    },
  )
})

function ready(service: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (chunk: Buffer) => {
      said += chunk.toString()
      if (said.includes('Twin Ledger is ready')) resolve()
    }
    service.stdout!.on('data', hear)
    service.stderr!.on('data', hear)
    service.once('exit', () => reject(new Error(`npm start ended:\n${said}`)))
  })
}

function shell(script: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      'bash',
      ['-euo', 'pipefail', '-c', script],
      { cwd: projectRoot(), env, timeout: 600_000 },
      (error, stdout, stderr) => {
        if (error) reject(new Error(`${stdout}\n${stderr}`))
        else resolve(stdout)
      },
    )
  })
}
