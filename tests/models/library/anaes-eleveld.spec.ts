import fc from 'fast-check'
import { describe, expect, it } from '@jest/globals'
import { eleveldPropofol2018 } from '../../../src/models/library/anaes-eleveld-propofol-2018/model.js'
import { typicalParameters } from '../../../src/models/library/anaes-eleveld-propofol-2018/parameters.js'
import { readRegimen, UnreadableRegimen } from '../../../src/models/library/anaes-eleveld-propofol-2018/regimen.js'
import { PropofolSimulation } from '../../../src/models/library/anaes-eleveld-propofol-2018/simulation.js'

const adult = { age: 35, weight_kg: 70, height_cm: 170, sex: 'male', opioids: false } as const

describe('a regimen', () => {
  it('is read from a sentence', () => {
    expect(
      readRegimen('2 mg/kg over 1 min, then 8 mg/kg/h for 60 min, then stop (mg/min piecewise constant)', 70),
    ).toEqual([
      { dur_min: 1, rate_mg_min: 140 },
      { dur_min: 60, rate_mg_min: (8 * 70) / 60 },
    ])
  })

  it('takes other units, amounts for the whole body and pauses', () => {
    expect(readRegimen('100 mg over 30 s; pause 2 min; 100 ug/kg/min for 0.5 h', 70)).toEqual([
      { dur_min: 0.5, rate_mg_min: 200 },
      { dur_min: 2, rate_mg_min: 0 },
      { dur_min: 30, rate_mg_min: 7 },
    ])
  })

  it.each(['', 'stop', 'some propofol', '2 mg/kg over 0 min', '2 g over 1 min'])(
    'is refused when it says "%s"',
    (regimen) => {
      expect(() => readRegimen(regimen, 70)).toThrow(UnreadableRegimen)
      expect(eleveldPropofol2018.refusals({ ...adult, regimen })[0]?.input).toBe('regimen')
    },
  )
})

describe('Eleveld 2018', () => {
  it('superposes: concentrations are linear in the infusion rates', () => {
    const parameters = typicalParameters(adult)
    const rate = fc.double({ min: 0, max: 200, noNaN: true })
    fc.assert(
      fc.property(rate, rate, (first, second) => {
        const at = (...rates: number[]): number =>
          new PropofolSimulation(
            parameters,
            rates.map((rate_mg_min) => ({ dur_min: 5, rate_mg_min })),
          ).at(12).Ce
        expect(at(first, second)).toBeCloseTo(at(first, 0) + at(0, second), 10)
      }),
      { numRuns: 30 },
    )
  })

  it('emerges later after more, and not at all when never asleep', () => {
    const emergence = (regimen: string) => eleveldPropofol2018.evaluate({ ...adult, regimen }).emergence_min
    const short = emergence('2 mg/kg over 1 min, then 8 mg/kg/h for 30 min, then stop') as number
    const long = emergence('2 mg/kg over 1 min, then 8 mg/kg/h for 240 min, then stop') as number
    expect(short).toBeGreaterThan(5)
    expect(long).toBeGreaterThan(short)
    expect(emergence('1 mg over 1 min')).toBeNull()
  })

  it('puts the reference person at the published parameters', () => {
    expect(typicalParameters(adult)).toMatchObject({ V2: 25.5, V3: 273, CL: 1.79, Q3: 1.11, ke0: 0.146, Ce50: 3.08 })
  })
})
