import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const POLL_MS = 20

/**
 * Ends the PostgreSQL of a test run, if it was ever started, and removes its folder.
 * Plain JavaScript, because Jest's global hooks and the orphan guard run without the TypeScript transform.
 * @param {string} folder
 */
export async function stopCluster(folder) {
  const pid = postmaster(folder)
  if (pid !== undefined && signal(pid, 'SIGINT')) while (signal(pid, 0)) await delay(POLL_MS)
  rmSync(folder, { recursive: true, force: true })
}

/** @param {string} folder */
function postmaster(folder) {
  try {
    return Number.parseInt(readFileSync(join(folder, 'postgres', 'data', 'postmaster.pid'), 'utf8'), 10)
  } catch {
    return undefined
  }
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
