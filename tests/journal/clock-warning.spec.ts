import { describe, expect, it } from '@jest/globals'
import { clockWarning } from '../../src/journal/clock-warning.js'

describe('the warning about a clock behind the log', () => {
  const warnings = (reports: [at: number, byMs: number][]) => {
    const heard: number[] = []
    let time = 0
    const report = clockWarning(
      (byMs) => heard.push(byMs),
      () => time,
    )
    for (const [at, byMs] of reports) {
      time = at
      report(byMs)
    }
    return heard
  }

  it('does not speak of what two good clocks differ by', () => {
    expect(
      warnings([
        [0, 3],
        [1, 1000],
      ]),
    ).toEqual([])
  })

  it('speaks once a minute, however many batches are written', () => {
    expect(
      warnings([
        [0, 5000],
        [1, 4999],
        [59_999, 4500],
        [60_000, 4400],
      ]),
    ).toEqual([5000, 4400])
  })
})
