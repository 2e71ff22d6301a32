/** The Go program in `../go`, which verifies logs with the libraries of the Go checksum database. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

const SOURCE = join(import.meta.dirname, '..', 'go')
/** Long enough for a build; a module proxy that nobody answers for is not waited for any longer. */
const BUILD_MS = 60_000
/** Where Debian's golang-golang-x-mod-dev puts the libraries. */
const DEBIAN_GOPATH = '/usr/share/gocode'

export interface GoSummary {
  origin: string
  size: number
  /** Base64. */
  root: string
  /** Inclusion and consistency proofs that verified. */
  inclusion: number
  consistency: number
}

export interface GoVerifier {
  /**
   * Verifies a log with flags of the program: `-dir` or `-url`, `-vkey`, and where wanted `-token` and `-old`.
   *
   * @throws with the program's message when it finds the log wrong
   */
  verify(...flags: string[]): Promise<GoSummary>
  remove(): Promise<void>
}

/** Builds the program. @returns why it cannot be built, where Go or its libraries are not at hand */
export async function buildGoVerifier(): Promise<GoVerifier | { unavailable: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'twin-ledger-go-'))
  const program = join(folder, 'verify')
  const unavailable = await build(program)
  const remove = (): Promise<void> => rm(folder, { recursive: true })
  if (unavailable) {
    await remove()
    return { unavailable }
  }
  return {
    remove,
    verify: async (...flags) => JSON.parse((await run(program, flags)).stdout) as GoSummary,
  }
}

/** Tries the Go module proxy, or what of it is cached, and then Debian's packages. */
async function build(program: string): Promise<string | null> {
  try {
    await run('go', ['version'])
  } catch {
    return 'there is no go on the PATH'
  }
  const modules = { GOFLAGS: '-mod=readonly -buildvcs=false', GOTOOLCHAIN: 'local' }
  const debian = { GO111MODULE: 'off', GOFLAGS: '-buildvcs=false', GOPATH: DEBIAN_GOPATH }
  const ways = existsSync(join(DEBIAN_GOPATH, 'src/golang.org/x/mod')) ? [modules, debian] : [modules]
  for (const way of ways) {
    try {
      await run('go', ['build', '-o', program, 'main.go'], {
        cwd: SOURCE,
        env: { ...process.env, ...way },
        timeout: BUILD_MS,
      })
      return null
    } catch {
      continue
    }
  }
  return 'golang.org/x/mod comes neither from the Go module proxy nor from golang-golang-x-mod-dev'
}
