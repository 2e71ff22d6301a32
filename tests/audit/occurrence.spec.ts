import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { momentOf, occurrence, occurrenceIn } from '../../src/audit/occurrence.js'

const RECORDED = '2026-03-10T12:00:00.000Z'

describe('the time a payload states', () => {
  it.each([
    [{ occurredAt: '2026-03-01T08:00:00Z' }, '2026-03-01T08:00:00Z'],
    [{ effective: { at: '2026-03' } }, '2026-03'],
    [{ performed: { at: '2025' } }, '2025'],
    [{ target: 'x', replacement: { onset: { at: '2026-03-01' } } }, '2026-03-01'],
    [{ occurredAt: 'yesterday', period: { at: '2024-02-29' } }, '2024-02-29'],
    [{ replacement: null }, null],
    [{ effective: { at: '0000-01-01' } }, null],
    [{ effective: 'soon' }, null],
    [{}, null],
  ])('of %j is %s', (data, at) => {
    expect(occurrenceIn(data)).toBe(at)
  })

  it('is never something that a database would refuse', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.date().map((date) => String(date.getTime())),
        ),
        (text) => {
          const moment = momentOf(text)
          expect(Number.isNaN(moment) || moment >= Date.parse('0001-01-01T00:00:00Z') - 86_400_000).toBe(true)
        },
      ),
    )
  })
})

describe('the lag between event and record', () => {
  it.each([
    ['2026-03-10T11:59:30Z', 30, false],
    ['2026-03-08T12:00:00Z', 172_800, true],
    ['2026-03-10T12:00:10Z', -10, true],
    // A partial date is taken at its latest moment.
    ['2026-03-10', 0, false],
    ['2026-03', 0, false],
    ['2026-03-09', 43_200, false],
    ['2026-02', 9 * 86_400 + 43_200, true],
    ['2025', 68 * 86_400 + 43_200, true],
    ['2027', (Date.parse('2026-03-10T12:00:00Z') - Date.parse('2027-01-01T00:00:00Z')) / 1000, true],
  ])('from %s is %d s, late: %s', (at, lagSeconds, late) => {
    expect(occurrence(at, RECORDED)).toEqual({ at, lagSeconds, late })
  })
})
