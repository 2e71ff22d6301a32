import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { CommandBus } from '@nestjs/cqrs'
import { ExpireConsents } from '../../src/consents/commands/expire-consents.js'
import { Housekeeping } from '../../src/housekeeping.js'
import { JsonLogger } from '../../src/platform/logging/logger.js'
import { Shutdown } from '../../src/platform/shutdown.js'
import { FailInterruptedRuns } from '../../src/simulations/commands/fail-interrupted-runs.js'

const START = Date.parse('2026-03-14T12:00:00.000Z')
const MINUTE = 60_000

describe('what the service does by itself', () => {
  let executed: object[]
  let shutdown: Shutdown
  let fails: boolean
  beforeEach(() => {
    jest.useFakeTimers({ now: START })
    executed = []
    fails = false
    shutdown = new Shutdown()
    const commands = {
      execute: async (command: object) => {
        executed.push(command)
        if (fails) throw new Error('the database is away')
      },
    } as unknown as CommandBus
    new Housekeeping(commands, new JsonLogger('silent'), shutdown).onApplicationBootstrap()
  })
  afterEach(() => void jest.useRealTimers())

  const count = (type: new (...parameters: never[]) => object) =>
    executed.filter((command) => command instanceof type).length

  it('sweeps at the start: runs asked for well before, consents that end by now, as the service', () => {
    const actor = { id: expect.stringMatching(/^[0-9a-f-]{36}$/), role: 'service' }
    expect(executed).toEqual([
      expect.objectContaining({ until: '2026-03-14T11:50:00.000Z', context: expect.objectContaining({ actor }) }),
      expect.objectContaining({ now: '2026-03-14T12:00:00.000Z', context: expect.objectContaining({ actor }) }),
    ])
  })

  it('looks for interrupted runs every minute and for expired consents every hour, whatever failed before', async () => {
    fails = true
    await jest.advanceTimersByTimeAsync(60 * MINUTE)
    expect([count(FailInterruptedRuns), count(ExpireConsents)]).toEqual([61, 2])
  })

  it('stops with the service', async () => {
    const stopped = shutdown.run()
    await jest.advanceTimersByTimeAsync(0)
    await stopped
    await jest.advanceTimersByTimeAsync(120 * MINUTE)
    expect(executed).toHaveLength(2)
  })
})
