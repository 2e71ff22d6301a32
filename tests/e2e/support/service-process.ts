/** The service as the operator runs it: compiled, in a process of its own, on an embedded database. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { execFile } from 'node:child_process'
import { requestEvaluationToken } from '../../../src/identity/evaluation-issuer/request-evaluation-token.js'
import { freePort } from '../../support/free-port.js'

const project = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')

/** A compiled copy of the service that stays the same while its sources are edited. */
export interface CompiledService {
  start(options: { dataDirectory: string; environment?: NodeJS.ProcessEnv }): Promise<ServiceProcess>
  /** Begins `twin-ledger` with these arguments, of a command that goes on until it is ended. */
  begin(args: readonly string[], environment: NodeJS.ProcessEnv): CommandProcess
  /** Runs `twin-ledger` with these arguments to its end. */
  command(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<CommandEnd>
  remove(): Promise<void>
}

/** A command that goes on; what it prints is nobody's. */
export interface CommandProcess {
  /** Ends it like a power cut would: no handler runs. */
  kill(): Promise<void>
}

/** What a command printed, and its exit code. */
export interface CommandEnd {
  exit: number | null
  printed: string
  complaints: string
}

export interface ServiceProcess {
  process: ChildProcess
  url: string
  /** Resolves with true once it answers that it is ready, with false when it ended instead. */
  ready(): Promise<boolean>
  token(account: string): Promise<string>
  /** The exit code, or the signal that ended it. */
  ended(): Promise<number | NodeJS.Signals>
  /** What it printed: its log and its complaints. */
  output(): { log: string; complaints: string }
}

export async function compileService(): Promise<CompiledService> {
  const folder = await mkdtemp(join(tmpdir(), 'twin-ledger-compiled-'))
  const swc = join(project, 'node_modules', '@swc', 'cli', 'bin', 'swc.js')
  await promisify(execFile)(
    process.execPath,
    [swc, 'src', '--out-dir', join(folder, 'dist'), '--strip-leading-paths', '--quiet'],
    { cwd: project },
  )
  await mkdir(join(folder, 'web'))
  await cp(join(project, 'package.json'), join(folder, 'package.json'))
  await cp(join(project, 'migrations'), join(folder, 'migrations'), { recursive: true })
  await symlink(join(project, 'node_modules'), join(folder, 'node_modules'))
  return {
    start: ({ dataDirectory, environment }) => start(join(folder, 'dist', 'main.js'), dataDirectory, environment),
    begin: (args, environment) => begin([join(folder, 'dist', 'cli.js'), ...args], environment),
    command: (args, environment) => runToEnd([join(folder, 'dist', 'cli.js'), ...args], environment),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

function begin(args: readonly string[], environment: NodeJS.ProcessEnv): CommandProcess {
  const { PATH, HOME, TMPDIR } = process.env
  const child = spawn(process.execPath, args, { env: { PATH, HOME, TMPDIR, ...environment }, stdio: 'ignore' })
  const ended = once(child, 'exit')
  return {
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function runToEnd(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<CommandEnd> {
  const { PATH, HOME, TMPDIR } = process.env
  const child = spawn(process.execPath, args, {
    env: { PATH, HOME, TMPDIR, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { printed: '', complaints: '' }
  child.stdout.on('data', (chunk: Buffer) => (said.printed += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said.complaints += chunk.toString()))
  const [exit] = (await once(child, 'close')) as [number | null]
  return { exit, ...said }
}

async function start(
  main: string,
  dataDirectory: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<ServiceProcess> {
  const port = String(await freePort())
  const { PATH, HOME, TMPDIR } = process.env
  const child = spawn(process.execPath, [main], {
    env: { PATH, HOME, TMPDIR, PORT: port, TWIN_LEDGER_DATA: dataDirectory, TWIN_LEDGER_DEMO: 'off', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed = { log: '', complaints: '' }
  child.stdout.on('data', (chunk: Buffer) => (printed.log += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (printed.complaints += chunk.toString()))
  const exit = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  const url = `http://127.0.0.1:${port}`
  return {
    process: child,
    url,
    ready: async () => {
      while (child.exitCode === null && child.signalCode === null) {
        const answer = await fetch(`${url}/health/ready`).catch(() => null)
        if (answer?.ok) return true
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      return false
    },
    token: (account) =>
      requestEvaluationToken({
        issuerUrl: `${url}/oidc`,
        dataDirectory: join(dataDirectory, 'keys', 'evaluation'),
        account,
      }),
    ended: async () => {
      const [code, signal] = await exit
      return code ?? signal!
    },
    output: () => printed,
  }
}
