import { describe, expect, it } from '@jest/globals'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { setImmediate as tick } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { JsonLogger } from '../../src/platform/logging/logger.js'
import { Shutdown } from '../../src/platform/shutdown.js'
import { logLines } from '../support/log-lines.js'
import { startTypeScript } from '../support/typescript-child.js'

const stopOnSignal = join(dirname(fileURLToPath(import.meta.url)), 'stop-on-signal.ts')

// proves TL-OPS-001
describe('a graceful stop', () => {
  it('closes in the order of the phases, whatever the order of registration', async () => {
    const done: string[] = []
    const shutdown = new Shutdown()
    const slowly = (name: string) => async () => {
      await tick()
      done.push(name)
    }
    shutdown.onPhase('stop-database', 'postgres', slowly('postgres'))
    shutdown.onPhase('close-stores', 'store', slowly('store'))
    shutdown.onPhase('stop-accepting', 'http', slowly('http'))
    shutdown.onPhase('drain', 'appends', slowly('appends'))
    expect(await shutdown.run()).toBe(true)
    expect(done).toEqual(['http', 'appends', 'store', 'postgres'])
  })

  it('goes on after a step that fails, and says so', async () => {
    const log = logLines()
    const shutdown = new Shutdown({ log: new JsonLogger('info', log.destination) })
    let stopped = false
    shutdown.onPhase('drain', 'appends', () => {
      throw new Error('lost')
    })
    shutdown.onPhase('stop-database', 'postgres', () => (stopped = true))
    expect(await shutdown.run()).toBe(false)
    expect(stopped).toBe(true)
    expect(log.lines()).toEqual([expect.objectContaining({ level: 'error', phase: 'drain', name: 'appends' })])
  })

  it('does not wait for ever for a step that hangs', async () => {
    const shutdown = new Shutdown({ stepTimeoutMs: 5 })
    shutdown.onPhase('drain', 'appends', () => new Promise(() => {}))
    expect(await shutdown.run()).toBe(false)
  })

  it('happens once, however often it is asked for', async () => {
    let times = 0
    const shutdown = new Shutdown()
    shutdown.onPhase('drain', 'appends', () => times++)
    await Promise.all([shutdown.run(), shutdown.run()])
    await shutdown.run()
    expect(times).toBe(1)
  })
})

describe('a process', () => {
  it.each([
    ['SIGTERM', 'well', 0],
    ['SIGINT', 'well', 0],
    ['SIGTERM', 'badly', 1],
  ] as const)('told to stop by %s finishes its steps and, when they go %s, ends with %d', async (signal, how, code) => {
    const child = startTypeScript(stopOnSignal, [how])
    expect(await child.nextLine()).toBe('ready')
    const ended = once(child.process, 'exit')
    child.process.kill(signal)
    expect(await child.nextLine()).toBe('drained')
    expect(await ended).toEqual([code, null])
  })
})
