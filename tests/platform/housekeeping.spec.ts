import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { CommandBus } from '@nestjs/cqrs'
import { NoticeDueReviews } from '../../src/assessments/commands/notice-due-reviews.js'
import { DeleteStrayFiles } from '../../src/body/commands/delete-stray-files.js'
import { NoticeOverdueBreaches } from '../../src/breaches/commands/notice-overdue-breaches.js'
import { ExpireConsents } from '../../src/consents/commands/expire-consents.js'
import { Housekeeping } from '../../src/housekeeping.js'
import { JsonLogger } from '../../src/platform/logging/logger.js'
import { Shutdown } from '../../src/platform/shutdown.js'
import { FinishErasures } from '../../src/privacy/commands/finish-erasures.js'
import { NoticeOverdueRequests } from '../../src/privacy/commands/notice-overdue-requests.js'
import { ReopenHeldRequests } from '../../src/privacy/commands/reopen-held-requests.js'
import { ReportOverdueUnblindings } from '../../src/randomisation/commands/report-overdue-unblindings.js'
import { StopWithdrawnErasures } from '../../src/privacy/commands/stop-withdrawn-erasures.js'
import { ReviewRetention } from '../../src/retention/commands/review-retention.js'
import { RequeueCohorts } from '../../src/simulations/cohorts/commands/requeue-cohorts.js'
import { FailInterruptedRuns } from '../../src/simulations/commands/fail-interrupted-runs.js'

const SWEEPS = [
  'DeleteStrayFiles',
  'ExpireConsents',
  'FailInterruptedRuns',
  'FinishErasures',
  'MeasureClock',
  'NoticeDueReviews',
  'NoticeOverdueBreaches',
  'NoticeOverdueRequests',
  'ReopenHeldRequests',
  'ReportOverdueReviews',
  'ReportOverdueUnblindings',
  'RequeueCohorts',
  'ReviewRetention',
  'StopWithdrawnErasures',
]
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

  it('sweeps at the start, as the service: runs asked for well before, consents that end by now', () => {
    const actor = { id: expect.stringMatching(/^[0-9a-f-]{36}$/), role: 'service' }
    const context = expect.objectContaining({ actor })
    expect(executed.map(({ constructor }) => constructor.name).sort()).toEqual([...SWEEPS].sort())
    const found = (type: new (...parameters: never[]) => object) => executed.find((command) => command instanceof type)
    expect(found(FailInterruptedRuns)).toMatchObject({ until: '2026-03-14T11:50:00.000Z', context })
    expect(found(ExpireConsents)).toMatchObject({ now: '2026-03-14T12:00:00.000Z', context })
    expect(found(FinishErasures)).toMatchObject({ context })
  })

  it('looks for what was interrupted every minute and for what ran out every hour, whatever failed before', async () => {
    fails = true
    await jest.advanceTimersByTimeAsync(60 * MINUTE)
    const everyMinute = [FailInterruptedRuns, RequeueCohorts, FinishErasures, ReopenHeldRequests, StopWithdrawnErasures]
    expect(everyMinute.map(count)).toEqual([61, 61, 61, 61, 61])
    const hourly = [
      ExpireConsents,
      ReviewRetention,
      NoticeOverdueRequests,
      NoticeDueReviews,
      DeleteStrayFiles,
      ReportOverdueUnblindings,
    ]
    expect(hourly.map(count)).toEqual([2, 2, 2, 2, 2, 2])
    // An authority waits for 72 hours and no longer.
    expect(count(NoticeOverdueBreaches)).toBe(61)
  })

  it('stops with the service', async () => {
    const stopped = shutdown.run()
    await jest.advanceTimersByTimeAsync(0)
    await stopped
    await jest.advanceTimersByTimeAsync(120 * MINUTE)
    expect(executed).toHaveLength(SWEEPS.length)
  })
})
