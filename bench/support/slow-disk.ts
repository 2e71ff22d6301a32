/** A disk whose flushes take longer, made by a library that is preloaded into PostgreSQL. */
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { preparePostgresBinaries } from '../../src/platform/embedded-postgres/binaries.js'
import { openClusterHome } from '../../src/platform/embedded-postgres/home.js'
import { serverSettings } from '../../src/platform/embedded-postgres/server-settings.js'
import { silentLog } from '../../src/platform/logging/log.js'

/** Compiled benchmarks lie in dist-bench/bench, their C sources where they are written. */
const SOURCE = fileURLToPath(new URL('../../../bench/support/slow-disk.c', import.meta.url))

/** The compiled library, in a temporary folder of its own, or why there is none here. */
export function compileSlowDisk(): { library: string } | { missing: string } {
  if (process.platform !== 'linux') return { missing: 'needs Linux' }
  const folder = mkdtempSync(join(tmpdir(), 'twin-ledger-slow-disk-'))
  // The server's user must be able to read it.
  chmodSync(folder, 0o755)
  const library = join(folder, 'slow-disk.so')
  const { status } = spawnSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, SOURCE, '-ldl'])
  return status === 0 ? { library } : { missing: 'needs a C compiler (cc)' }
}

/** Starts the server of an initialised data folder with a library preloaded; the supervisor then adopts it as it is. */
export function startPreloaded(dataDirectory: string, port: number, library: string): void {
  const home = openClusterHome(dataDirectory, silentLog)
  const settings = Object.entries(serverSettings(port, 'normal')).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  spawn(preparePostgresBinaries(home).postgres, ['-D', home.cluster, ...settings], {
    cwd: home.folder,
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', LD_PRELOAD: library },
    stdio: 'ignore',
    detached: true,
    ...home.user,
  }).unref()
}
