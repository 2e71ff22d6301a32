import { readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive } from '../process-alive.js'

/** What a running server writes about itself in `postmaster.pid` (PostgreSQL, src/include/utils/pidfile.h). */
export interface PostmasterPid {
  pid: number
  port: number
  ready: boolean
}

/** Reads PGDATA/postmaster.pid; undefined when there is none or it is not whole yet. */
export function readPostmasterPid(cluster: string): PostmasterPid | undefined {
  let lines: string[]
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return undefined
  }
  // A standalone backend writes its process id negated.
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10))
  if (!Number.isInteger(pid) || pid === 0) return undefined
  return { pid, port: Number.parseInt(lines[3] ?? '', 10) || 0, ready: lines[7]?.trim() === 'ready' }
}

/**
 * What the operating system says of a process that a pid file names: `server` when it is PostgreSQL in this data
 * directory, `gone` when there is no such process, `stranger` when the id now belongs to another program, `unknown`
 * where the system does not tell (no /proc).
 */
export function whoIs(pid: number, cluster: string): 'server' | 'gone' | 'stranger' | 'unknown' {
  if (!isAlive(pid)) return 'gone'
  if (process.platform !== 'linux') return 'unknown'
  try {
    const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
    // A postmaster works in its data directory from its first moments on.
    return name === 'postgres' && readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster) ? 'server' : 'stranger'
  } catch {
    return isAlive(pid) ? 'stranger' : 'gone'
  }
}
