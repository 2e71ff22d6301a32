import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { Unavailable } from './errors.js'
import { isAlive } from './process-alive.js'

const HEARTBEAT_MS = 1_000
/** A holder that missed this many milliseconds of heartbeats is dead, also when it lived in another container. */
const STALE_AFTER_MS = 15_000
const RETRY_MS = 25

interface Holder {
  token: string
  pid: number
  host: string
}

/**
 * Runs `work` while no other process that asks for the same file does. The lock is a file created exclusively, kept
 * fresh by a heartbeat, and taken over when its holder died.
 * @param path the lock file; its folder must exist
 * @throws Unavailable `lock-timeout` when the lock is not free within `timeoutMs`
 */
export async function withFileLock<T>(path: string, work: () => Promise<T>, timeoutMs = 120_000): Promise<T> {
  const token = await acquire(path, timeoutMs)
  const heartbeat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => {}), HEARTBEAT_MS)
  heartbeat.unref()
  try {
    return await work()
  } finally {
    clearInterval(heartbeat)
    if ((await readHolder(path))?.token === token) await rm(path, { force: true })
  }
}

async function acquire(path: string, timeoutMs: number): Promise<string> {
  const holder: Holder = { token: randomUUID(), pid: process.pid, host: hostname() }
  const draft = `${path}.${holder.token}`
  const deadline = Date.now() + timeoutMs
  await writeFile(draft, JSON.stringify(holder), { mode: 0o600 })
  try {
    // A hard link appears whole or not at all, so nobody reads a half-written holder.
    while (!(await linked(draft, path))) {
      if (Date.now() > deadline) throw new Unavailable('lock-timeout', 'Another process holds the lock for too long.')
      if (!(await removeIfStale(path))) await delay(RETRY_MS)
    }
    return holder.token
  } finally {
    await rm(draft, { force: true })
  }
}

async function linked(draft: string, path: string): Promise<boolean> {
  try {
    const now = new Date()
    await utimes(draft, now, now)
    await link(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Moves a dead holder's file aside; puts it back if a live one took its place between the look and the move. */
async function removeIfStale(path: string): Promise<boolean> {
  const seen = await readHolder(path)
  if (seen === undefined || !(await isStale(path, seen))) return false
  const aside = `${path}.${randomUUID()}`
  try {
    await rename(path, aside)
    const moved = await readHolder(aside)
    if (moved && moved.token !== seen.token) await link(aside, path)
  } catch {
    return false
  } finally {
    await rm(aside, { force: true })
  }
  return true
}

async function isStale(path: string, holder: Holder): Promise<boolean> {
  if (holder.host === hostname() && !isAlive(holder.pid)) return true
  const age = await stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  )
  return age > STALE_AFTER_MS
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder
  } catch {
    return undefined
  }
}
