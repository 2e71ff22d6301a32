import { describe, it, expect } from '@jest/globals'
import fc from 'fast-check'
import { convert, isConvertible, isValidUnit, sameDimension } from '../../src/platform/ucum.js'

describe('a UCUM unit', () => {
  it.each([
    'mg/dL',
    'mm[Hg]',
    'Cel',
    '[degF]',
    '10*3/uL',
    'mL/min/{1.73_m2}',
    '{score}',
    '{beats}/min',
    'mg/g{creat}',
    '%',
    '/min',
    'kg/m2',
    '1',
    'm[IU]/L',
  ])('%s is valid', (unit) => expect(isValidUnit(unit)).toBe(true))
  it.each([
    '',
    'mmHg',
    'UMOLL',
    'IU/L',
    'lbs',
    '(score)',
    'mg/dL ',
    '{open',
    'a{b}c}',
    'mg//dL',
    'µmol/L',
    'k'.repeat(200),
    '('.repeat(100),
  ])('"%s" is not valid', (unit) => expect(isValidUnit(unit)).toBe(false))
  it('never throws, whatever arrives', () => {
    fc.assert(fc.property(fc.string({ maxLength: 40 }), (unit) => typeof isValidUnit(unit) === 'boolean'))
  })
})

describe('conversion', () => {
  it.each([
    [90, 'mg/dL', 'g/L', 0.9],
    [1, '10*3/uL', '10*9/L', 1],
    [70, '[in_i]', 'cm', 177.8],
    [150, '[lb_av]', 'kg', 68.0388555],
    [120, 'mm[Hg]', 'kPa', 15.99864],
    [5, 'mmol/mol', '%', 0.5],
    [90, 'mL/min', 'mL/min/{1.73_m2}', 90],
    [37, 'Cel', '[degF]', 98.6],
    [98.6, '[degF]', 'Cel', 37],
    [1, 'U/L', 'ukat/L', 0.01666666666667],
  ])('%d %s is in %s %d', (value, from, to, expected) => {
    expect(convert(value, from, to)).toBeCloseTo(expected, 10)
  })

  it('bridges mass and amount with the molar mass: 1 mg/dL of creatinine (113.12 g/mol) is 88.40 umol/L', () => {
    expect(convert(1, 'mg/dL', 'umol/L', { molarMass: 113.12 })).toBeCloseTo(88.402, 3)
    expect(convert(88.402, 'umol/L', 'mg/dL', { molarMass: 113.12 })).toBeCloseTo(1, 4)
    expect(convert(30, 'mg/g', 'mg/mmol', { molarMass: 113.12 })).toBeCloseTo(3.3936, 4)
  })

  it('refuses other dimensions, arbitrary units and logarithmic ones with one code', () => {
    for (const [from, to] of [
      ['mg/dL', 'umol/L'],
      ['fL', '%'],
      ['U/L', '[iU]/L'],
      ['mmHg', 'kPa'],
      ['[pH]', 'mol/L'],
    ] as const) {
      expect(isConvertible(from, to)).toBe(false)
      expect(() => convert(1, from, to)).toThrow(expect.objectContaining({ code: 'unit-not-convertible' }))
    }
  })

  it('knows units of one dimension', () => {
    expect(sameDimension('mg/dL', 'kg/m3')).toBe(true)
    expect(sameDimension('mg/dL', 'mmol/L')).toBe(false)
    expect(sameDimension('mg/dL', 'nonsense')).toBe(false)
  })

  it('comes back to where it started', () => {
    const pairs = [
      ['mg/dL', 'g/L'],
      ['cm', '[in_i]'],
      ['kg', '[lb_av]'],
      ['mm[Hg]', 'kPa'],
      ['Cel', '[degF]'],
    ] as const
    fc.assert(
      fc.property(
        fc.constantFrom(...pairs),
        fc.double({ min: 0.001, max: 1e5, noNaN: true }),
        ([one, other], value) => {
          expect(convert(convert(value, one, other), other, one)).toBeCloseTo(value, 6)
        },
      ),
    )
  })
})
