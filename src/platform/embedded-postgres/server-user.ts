import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** The identity PostgreSQL runs under when we are root: it refuses to run as root itself. */
export interface ServerUser {
  uid: number
  gid: number
}

const TRADITIONAL_NOBODY = 65_534

/** `nobody` when this process is root, else undefined: then the server runs as whoever we are. */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const entry = existsSync('/etc/passwd')
    ? /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'))
    : null
  return { uid: Number(entry?.[1] ?? TRADITIONAL_NOBODY), gid: Number(entry?.[2] ?? TRADITIONAL_NOBODY) }
}

/** True when `user` may walk down to `folder` and into it; always true when the server runs as ourselves. */
export function canTraverse(folder: string, user: ServerUser | undefined): boolean {
  if (user === undefined) return true
  for (let current = realpathSync(folder); ; current = dirname(current)) {
    const { uid, gid, mode } = statSync(current)
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (current === dirname(current)) return true
  }
}
