import { describe, expect, it } from '@jest/globals'
import { asOfBaseline } from '../../src/simulations/inputs/baseline.js'
import type { ChosenInput, InputSource } from '../../src/simulations/inputs/chosen-input.js'

const RANDOMISED = '2026-03-02T09:30:00.000Z'
const DAY = '2026-03-02'
const from = (input: string, ...sources: readonly InputSource[]): ChosenInput => ({
  input,
  value: 1,
  basis: 'recorded',
  sources,
})
const recorded = (id: string, recordedAt: string) => ({ id, recordedAt })
const judge = (inputs: readonly ChosenInput[], { day = DAY, facts = [] as object[], randomisedAt = RANDOMISED } = {}) =>
  asOfBaseline({ inputs, excluded: [], reasons: [] }, { facts: facts as never }, day, randomisedAt).reasons
const late = (input: string) => [{ input, code: 'after-randomisation', limit: DAY }]

// proves TL-TRL-008
describe('a covariate of baseline', () => {
  it('was observed before the randomisation, to the minute where the record says so', () => {
    expect(judge([from('sbp', { eventId: 'a', observedAt: '2026-03-02T09:29:00Z' })])).toEqual([])
    expect(judge([from('sbp', { eventId: 'a', observedAt: '2026-03-02T09:31:00Z' })])).toEqual(late('sbp'))
    expect(judge([from('sbp', { eventId: 'a', observedAt: '2026-03-02T11:29:00+02:00' })])).toEqual([])
  })

  it('may be of the same day, month or year where the record says no more', () => {
    for (const observedAt of ['2026-03-02', '2026-03', '2026'])
      expect(judge([from('sbp', { eventId: 'a', observedAt })])).toEqual([])
    for (const observedAt of ['2026-03-03', '2026-04', '2027'])
      expect(judge([from('sbp', { eventId: 'a', observedAt })])).toEqual(late('sbp'))
  })

  it('was recorded before it where nobody says when it was observed; who the person is has no time', () => {
    const facts = [recorded('before', '2026-03-02T09:00:00.000Z'), recorded('after', '2026-03-05T09:00:00.000Z')]
    expect(judge([from('dm', { eventId: 'before' }), from('age', { eventId: 'birth' })], { facts })).toEqual([])
    expect(judge([from('dm', { eventId: 'before' }, { eventId: 'after' })], { facts })).toEqual(late('dm'))
  })

  it('is of a person as they were on that day or before', () => {
    expect(judge([], { day: '2026-03-01' })).toEqual([])
    expect(judge([], { day: '2026-03-03' })).toEqual(late('day'))
  })

  it('binds nobody who was not randomised', () => {
    const selected = { inputs: [from('sbp', { eventId: 'a', observedAt: '2030' })], excluded: [], reasons: [] }
    expect(asOfBaseline(selected, { facts: [] }, '2030-01-01', undefined)).toBe(selected)
  })
})
