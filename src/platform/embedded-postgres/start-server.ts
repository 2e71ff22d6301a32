import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { Unavailable } from '../errors.js'
import type { Log } from '../logging/log.js'
import type { PostgresBinaries } from './binaries.js'
import type { ClusterHome } from './home.js'
import { readPostmasterPid } from './postmaster-pid.js'
import { serverEnvironment } from './run-program.js'
import { serverSettings, type ServerSize } from './server-settings.js'

const POLL_MS = 10
/** How long the remains of a killed server may hold its shared memory or its port. */
const TRANSIENT_MS = 30_000
const LARGEST_LOG_BYTES = 10 * 1024 * 1024
const TRANSIENT =
  /lock file .* already exists|pre-existing shared memory block|is already in use|could not create lock file/
const PORT_TAKEN = /Address already in use|could not create any TCP\/IP sockets/

export interface RunningServer {
  pid: number
  port: number
}

export interface StartServerOptions {
  home: ClusterHome
  binaries: PostgresBinaries
  size: ServerSize
  /** A port that must be used, because others already know it; else the last one or any free one. */
  port?: number
  log: Log
}

/**
 * Starts the postmaster and waits until it accepts connections (a recovery after a crash included). It runs in its own
 * process group, so that Ctrl-C in our terminal does not reach it before we have drained.
 * @throws Unavailable `embedded-postgres-failed` with the server's own words
 */
export async function startServer(options: StartServerOptions): Promise<RunningServer> {
  const deadline = Date.now() + TRANSIENT_MS
  let port = options.port ?? (await rememberedOrFreePort(options.home))
  for (;;) {
    const failure = await attempt(options, port)
    if (typeof failure !== 'string') {
      writeFileSync(options.home.port, String(port))
      return failure
    }
    const portTaken = PORT_TAKEN.test(failure)
    if (!(portTaken || TRANSIENT.test(failure)) || Date.now() > deadline) {
      throw new Unavailable('embedded-postgres-failed', `Embedded PostgreSQL did not start: ${failure}`)
    }
    options.log.warn('Embedded PostgreSQL is still releasing its resources; trying again.')
    await delay(250)
    if (portTaken && options.port === undefined) port = await freePort()
  }
}

async function attempt({ home, binaries, size }: StartServerOptions, port: number): Promise<RunningServer | string> {
  const start = rotateLog(home.log)
  const settings = Object.entries(serverSettings(port, size)).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const output = openSync(home.log, 'a', 0o600)
  const child = spawn(binaries.postgres, ['-D', home.cluster, ...settings], {
    cwd: home.folder,
    env: serverEnvironment(),
    stdio: ['ignore', output, output],
    detached: true,
    windowsHide: true,
    ...home.user,
  })
  closeSync(output)
  child.unref()
  const failure = await readyOrFailed(child, home.cluster)
  if (failure === undefined) return { pid: child.pid!, port }
  return failure.message ?? (fatalLines(home.log, start) || 'the server ended without a message')
}

/** Undefined once the server is ready; else why it is not, as far as the operating system knows. */
async function readyOrFailed(child: ChildProcess, cluster: string): Promise<{ message?: string } | undefined> {
  let ended: { message?: string } | undefined
  child.once('error', ({ message }) => (ended = { message }))
  child.once('exit', () => (ended ??= {}))
  for (;;) {
    if (ended) return ended
    const state = readPostmasterPid(cluster)
    if (state?.ready && state.pid === child.pid) return undefined
    await delay(POLL_MS)
  }
}

function rotateLog(path: string): number {
  if (!existsSync(path)) return 0
  const { size } = statSync(path)
  if (size < LARGEST_LOG_BYTES) return size
  renameSync(path, `${path}.1`)
  return 0
}

function fatalLines(path: string, start: number): string {
  const lines = readFileSync(path).subarray(start).toString().split('\n')
  const telling = lines.filter((line) => /FATAL|PANIC|could not|Address already/.test(line))
  return (telling.length > 0 ? telling : lines.slice(-3)).join(' ').trim()
}

async function rememberedOrFreePort(home: ClusterHome): Promise<number> {
  const remembered = existsSync(home.port) ? Number.parseInt(readFileSync(home.port, 'utf8'), 10) : 0
  return remembered > 0 ? remembered : freePort()
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
