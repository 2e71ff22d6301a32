import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const hooks = join(dirname(fileURLToPath(import.meta.url)), 'register-typescript.js')

/** A real process of its own, for tests that kill one. */
export interface TypeScriptChild {
  process: ChildProcess
  /** The next line it prints, parsed as JSON. Rejects with its error output when it ends first. */
  nextLine<T>(): Promise<T>
  /** Ends it like a power cut would: no handler runs. */
  kill(): Promise<void>
}

/** Runs a TypeScript file in a process of its own. */
export function startTypeScript(
  file: string,
  args: readonly string[] = [],
  environment: NodeJS.ProcessEnv = {},
): TypeScriptChild {
  const child = spawn(process.execPath, ['--import', hooks, file, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  })
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    process: child,
    nextLine: async <T>() => {
      const { value, done } = await lines.next()
      if (done) throw new Error(`The child ended: ${complaints}`)
      return JSON.parse(value) as T
    },
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}
