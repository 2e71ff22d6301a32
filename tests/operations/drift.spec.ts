import { describe, expect, it } from '@jest/globals'
import { CLOCK_EVENT_TYPES, type ClockReading } from '../../src/operations/clock/events.js'
import { decide, evolve, type DriftState } from '../../src/operations/clock/drift.js'
import { readAgainstDatabase, readAgainstLog } from '../../src/operations/clock/read-clock.js'

const reading = (differenceMs: number, fields: Partial<ClockReading> = {}): ClockReading => ({
  against: 'database',
  differenceMs,
  uncertaintyMs: 0,
  limitMs: 2000,
  measuredAt: '2026-11-20T09:00:00.000Z',
  ...fields,
})
/** Types of the events that these readings lead to, and what they say. */
function noted(...readings: ClockReading[]) {
  let state: DriftState = {}
  let largestMs = 0
  return readings.map((each) => {
    largestMs = Math.max(largestMs, Math.abs(each.differenceMs))
    const events = decide(state, { type: 'note', instance: 'main', reading: each, largestMs })
    state = events.reduce(evolve, state)
    return events.map(({ type, data }) => {
      const { describe } = CLOCK_EVENT_TYPES.find((known) => known.type === type)!
      return `${type}: ${describe(data, {} as never)}`
    })[0]
  })
}

// proves TL-OPS-010
describe('a clock', () => {
  it('that is off by what is allowed leaves no trace', () => {
    expect(noted(reading(0), reading(2000), reading(-2000))).toEqual([undefined, undefined, undefined])
  })

  it('that is off by more is on record once, with the difference, and once when it is right again', () => {
    expect(noted(reading(-2001), reading(-9000), reading(-4000), reading(-1001), reading(-1000), reading(0))).toEqual([
      'clock.drift-began: The clock of main was found 2001 ms behind the clock of the database, more than the 2000 ms allowed.',
      undefined,
      undefined,
      undefined,
      'clock.drift-ended: The clock of main agrees again with the clock of the database; the largest difference was 9000 ms.',
      undefined,
    ])
  })

  it('is given the benefit of what the measurement may be wrong by', () => {
    expect(noted(reading(2500, { uncertaintyMs: 500 }))).toEqual([undefined])
    expect(noted(reading(2501, { uncertaintyMs: 500 }))[0]).toContain('2501 ms ahead of')
  })

  it('has an episode for each thing that it is held against', () => {
    const log = (differenceMs: number) => reading(differenceMs, { against: 'log' })
    const types = noted(reading(3000), log(-3000), reading(0), log(0)).map((sentence) => sentence?.split(':')[0])
    expect(types).toEqual(['clock.drift-began', 'clock.drift-began', 'clock.drift-ended', 'clock.drift-ended'])
  })
})

// proves TL-OPS-010
describe('a measurement', () => {
  it('against the log tells how far the clock is behind, and nothing where it is ahead', async () => {
    const head = (byMs: number) => ({
      head: async () => ({ size: 1, checkpoint: '', recordedAt: new Date(Date.now() + byMs).toISOString() }),
    })
    expect((await readAgainstLog(head(-60_000), 2000)).differenceMs).toBe(0)
    const { differenceMs } = await readAgainstLog(head(3_600_000), 2000)
    expect(Math.abs(differenceMs + 3_600_000)).toBeLessThan(60_000)
    const empty = { head: async () => ({ size: 0, checkpoint: '', recordedAt: null }) }
    expect((await readAgainstLog(empty, 2000)).differenceMs).toBe(0)
  })

  it('against the database holds the true difference within half the round trip, however slow the answer', async () => {
    const ahead = 3_600_000
    const slow = {
      query: async () => {
        await new Promise((resolve) => setTimeout(resolve, 50))
        return { rows: [{ ms: String(Date.now() + ahead) }] }
      },
    }
    const { differenceMs, uncertaintyMs } = await readAgainstDatabase(slow as never, 2000)
    expect(Math.abs(differenceMs + ahead)).toBeLessThanOrEqual(uncertaintyMs + 1)
    expect(uncertaintyMs).toBeGreaterThanOrEqual(24)
  })
})
