import { describe, expect, it } from '@jest/globals'
import { compareWithExpected, expectsRefusal, worstQuantity } from '../../../src/models/vectors/compare-vector.js'

const relative = { type: 'relative', value: 1e-6 } as const

describe('the comparison of an output with its vector', () => {
  it('finds what is too far off, missing or of another kind, however deep', () => {
    const expected = { risk: 0.5, y30: { chd: 0.1, stroke: null }, label: 'High', first: ['1', '2'] }
    const actual = { risk: 0.5000001, y30: { chd: 0.2, stroke: 0 }, first: ['1', '3'], extra: 7 }
    expect(compareWithExpected(actual, expected, relative).map(({ output }) => output)).toEqual([
      'y30.chd',
      'y30.stroke',
      'label',
      'first.1',
    ])
    expect(compareWithExpected(null, expected, relative)).not.toEqual([])
  })

  it('measures relative, absolute and exact tolerances', () => {
    expect(compareWithExpected({ x: 100.00001 }, { x: 100 }, relative)).toEqual([])
    expect(compareWithExpected({ x: 100.00001 }, { x: 100 }, { type: 'absolute', value: 1e-6 })).toHaveLength(1)
    expect(compareWithExpected({ x: 1 + 1e-15 }, { x: 1 }, { type: 'exact' })).toHaveLength(1)
    expect(compareWithExpected({ x: 1e-7 }, { x: 0 }, relative)).toEqual([])
    expect(compareWithExpected({ x: Number.NaN }, { x: 1 }, relative)).toHaveLength(1)
  })

  it('is silent on what the vector excludes', () => {
    const tolerance = { ...relative, exclude: ['q'] }
    expect(compareWithExpected({ q: 1, s: { q: 2 } }, { q: 9, s: { q: 9 } }, tolerance)).toEqual([])
  })

  it('names the quantity that uses up most of its tolerance', () => {
    const { error, ...rest } = worstQuantity({ a: 1.1, b: 3 }, { a: 1, b: 2 }, relative)!
    expect(rest).toEqual({ output: 'b', measure: 'relative', tolerance: 1e-6 })
    expect(error).toBeCloseTo(0.5, 12)
    expect(worstQuantity({}, { a: 1 }, relative)).toMatchObject({ output: 'a', error: Infinity })
    expect(worstQuantity({ a: 'x' }, { a: 'x' }, relative)).toBeUndefined()
  })

  it('takes what a search found by its absolute difference', () => {
    const tolerance = { ...relative, map: { type: 'absolute-eta', value: 1e-4 } }
    expect(compareWithExpected({ map: { eta: [0.01005] } }, { map: { eta: [0.01] } }, tolerance)).toEqual([])
    expect(worstQuantity({ map: { eta: [0.01005] } }, { map: { eta: [0.01] } }, tolerance)).toMatchObject({
      measure: 'absolute',
      tolerance: 1e-4,
    })
  })

  it('tells a refusal from a result', () => {
    expect([null, { refused: true }, { error: 'age' }].map(expectsRefusal)).toEqual([true, true, true])
    expect([{ refused: false, risk: 1 }, { y30: null }].map(expectsRefusal)).toEqual([false, false])
  })
})
