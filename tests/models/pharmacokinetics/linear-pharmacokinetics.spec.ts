import fc from 'fast-check'
import { describe, expect, it } from '@jest/globals'
import {
  areaBetween,
  areaUntil,
  concentrationAt,
  twoCompartment,
} from '../../../src/models/pharmacokinetics/disposition.js'
import { expandDoses, type Infusion } from '../../../src/models/pharmacokinetics/doses.js'
import { oralConcentrationAt } from '../../../src/models/pharmacokinetics/oral-absorption.js'

const parameters = fc.record({
  CL: fc.double({ min: 0.5, max: 15, noNaN: true }),
  Vc: fc.double({ min: 5, max: 120, noNaN: true }),
  Vp: fc.double({ min: 5, max: 120, noNaN: true }),
  Q: fc.double({ min: 0.5, max: 20, noNaN: true }),
})
const infusion: fc.Arbitrary<Infusion> = fc.record({
  t_h: fc.double({ min: 0, max: 72, noNaN: true }),
  amt_mg: fc.double({ min: 1, max: 3000, noNaN: true }),
  dur_h: fc.double({ min: 0.25, max: 24, noNaN: true }),
})
const time = fc.double({ min: 0, max: 120, noNaN: true })

function expectClose(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-10 * (1 + Math.abs(expected)))
}

describe('linear pharmacokinetics', () => {
  it('superposes: the concentration of two schedules is the sum of both', () => {
    fc.assert(
      fc.property(parameters, fc.array(infusion), fc.array(infusion), time, (person, some, others, t) => {
        const terms = twoCompartment(person)
        const apart = concentrationAt(terms, some, t) + concentrationAt(terms, others, t)
        expectClose(concentrationAt(terms, [...some, ...others], t), apart)
      }),
    )
  })

  it('scales: a doubled dose doubles the concentration', () => {
    fc.assert(
      fc.property(parameters, infusion, time, (person, dose, t) => {
        const terms = twoCompartment(person)
        const doubled = { ...dose, amt_mg: 2 * dose.amt_mg }
        expectClose(concentrationAt(terms, [doubled], t), 2 * concentrationAt(terms, [dose], t))
      }),
    )
  })

  it('clears every dose: the area until the end of time is dose over clearance', () => {
    fc.assert(
      fc.property(parameters, infusion, (person, dose) => {
        const area = areaUntil(twoCompartment(person), [dose], 1e6)
        expect(area / (dose.amt_mg / person.CL)).toBeCloseTo(1, 9)
      }),
    )
  })

  it('adds areas of adjoining intervals', () => {
    fc.assert(
      fc.property(parameters, infusion, time, time, (person, dose, one, other) => {
        const [first, last] = [Math.min(one, other), Math.max(one, other)]
        const terms = twoCompartment(person)
        const whole = areaBetween(terms, [dose], 0, last)
        expectClose(areaBetween(terms, [dose], 0, first) + areaBetween(terms, [dose], first, last), whole)
      }),
    )
  })

  it('writes repetitions out as the same doses given one by one', () => {
    const repeated = expandDoses([{ t_h: 6, amt_mg: 500, dur_h: 1, ii_h: 8, addl: 2 }])
    expect(repeated.map(({ t_h }) => t_h)).toEqual([6, 14, 22])
  })
})

describe('oral absorption', () => {
  it('has no singularity where absorption and elimination are equally fast', () => {
    const at = (KA_h: number): number => oralConcentrationAt({ CL_Lh: 5, V_L: 50, KA_h }, [{ t_h: 0, amt_mg: 100 }], 7)
    expect(at(0.1)).toBeCloseTo((100 / 50) * 0.1 * 7 * Math.exp(-0.7), 12)
    expect(at(0.1 + 1e-9)).toBeCloseTo(at(0.1), 8)
  })

  it('superposes doses', () => {
    const person = { CL_Lh: 4, V_L: 70, KA_h: 1 }
    fc.assert(
      fc.property(time, time, time, (first, second, t) => {
        const [one, other] = [first, second].map((t_h) => ({ t_h, amt_mg: 1000 }))
        const together = oralConcentrationAt(person, [one!, other!], t)
        expectClose(together, oralConcentrationAt(person, [one!], t) + oralConcentrationAt(person, [other!], t))
      }),
    )
  })
})
