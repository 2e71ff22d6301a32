import fc from 'fast-check'
import { describe, expect, it } from '@jest/globals'
import { hovorka2004 } from '../../../src/models/library/glucose-hovorka-2004/model.js'

const rest = { weight_kg: 75, startGlucose_mmolL: 5.5, meals: [], boluses: [] }

describe('Hovorka 2004', () => {
  it('stays flat at its basal infusion without a meal, whatever the weight, start and sensitivity', () => {
    const person = fc.record({
      weight_kg: fc.double({ min: 40, max: 150, noNaN: true }),
      startGlucose_mmolL: fc.double({ min: 3, max: 15, noNaN: true }),
      SIT: fc.double({ min: 0.001, max: 0.02, noNaN: true }),
    })
    fc.assert(
      fc.property(person, ({ weight_kg, startGlucose_mmolL, SIT }) => {
        const input = { ...rest, weight_kg, startGlucose_mmolL, paramOverrides: { SIT }, times_min: [60, 240] }
        for (const glucose of Object.values(hovorka2004.evaluate(input).glucose_mmolL)) {
          expect(Math.abs(glucose / startGlucose_mmolL - 1)).toBeLessThan(1e-8)
        }
      }),
      { numRuns: 25 },
    )
  })

  it('rises after a meal and less so with a bolus', () => {
    const meals = [{ t_min: 30, dur_min: 15, carb_g: 50 }]
    const times_min = [0, 30, 120]
    const without = hovorka2004.evaluate({ ...rest, meals, times_min }).glucose_mmolL
    const covered = hovorka2004.evaluate({ ...rest, meals, boluses: [{ t_min: 30, U: 4 }], times_min }).glucose_mmolL
    expect(without['30']).toBeCloseTo(5.5, 8)
    expect(without['120']).toBeGreaterThan(8)
    expect(covered['120']).toBeLessThan(without['120'] as number)
  })

  it('gets the same course from a short meal as, in the limit, from one eaten at once', () => {
    const course = (dur_min: number): number =>
      hovorka2004.evaluate({ ...rest, meals: [{ t_min: 0, dur_min, carb_g: 50 }], times_min: [120] }).glucose_mmolL[
        '120'
      ]!
    expect(course(1e-3)).toBeCloseTo(course(0), 4)
  })

  it('refuses a start that no insulin infusion can hold, and parameters it does not know', () => {
    expect(hovorka2004.refusals({ ...rest, startGlucose_mmolL: 29 })[0]?.input).toBe('startGlucose_mmolL')
    expect(hovorka2004.refusals({ ...rest, paramOverrides: { SIX: 1 } })[0]?.input).toBe('paramOverrides')
  })
})
