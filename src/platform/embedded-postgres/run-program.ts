import { spawn } from 'node:child_process'
import { Unavailable } from '../errors.js'
import type { ServerUser } from './server-user.js'

/** The environment PostgreSQL sees: nothing of ours, so that no secret ends up in its process. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env
  return { PATH, LC_ALL: 'C', TZ: 'UTC', ...(SystemRoot ? { SystemRoot, TEMP } : {}) }
}

/**
 * Runs initdb or pg_ctl to its end as the server's user.
 * @throws Unavailable `embedded-postgres-failed` with the program's last line
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: { user: ServerUser | undefined; cwd: string },
): Promise<void> {
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: serverEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options.user,
  })
  let output = ''
  const collect = (chunk: Buffer) => (output += chunk.toString())
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code === 0) return
  const reason = output.trim().split('\n').slice(-2).join(' ')
  throw new Unavailable('embedded-postgres-failed', `Embedded PostgreSQL: ${reason || `exit code ${code}`}`)
}
