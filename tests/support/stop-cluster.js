import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const POLL_MS = 20

/**
 * Ends the PostgreSQL of a test run, if it was ever started, and removes its folder.
 * Plain JavaScript, because Jest's global hooks and the orphan guard run without the TypeScript transform.
 * @param {string} folder
 */
export async function stopCluster(folder) {
  const pidFile = join(folder, 'postgres', 'data', 'postmaster.pid')
  const pid = existsSync(pidFile) ? Number.parseInt(readFileSync(pidFile, 'utf8'), 10) : 0
  // The file goes last in a shutdown; without a parent to bury it, the process may stay on as a zombie.
  if (pid > 0 && signal(pid, 'SIGINT')) while (existsSync(pidFile) && signal(pid, 0)) await delay(POLL_MS)
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals | 0} name
 */
export function signal(pid, name) {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}
