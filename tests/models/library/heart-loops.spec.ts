import fc from 'fast-check'
import { describe, expect, it } from '@jest/globals'
import {
  beat,
  stateAtRest,
  stressedVolume,
} from '../../../src/models/library/heart-loop-bjordalsbakke-2022/circulation.js'
import { coefficients as bjordalsbakke } from '../../../src/models/library/heart-loop-bjordalsbakke-2022/coefficients.js'
import { heartLoopBjordalsbakke2022 } from '../../../src/models/library/heart-loop-bjordalsbakke-2022/model.js'
import { personalise } from '../../../src/models/library/heart-loop-bjordalsbakke-2022/personalise.js'
import { circulationOf } from '../../../src/models/library/heart-loop-bjordalsbakke-2022/steady-state.js'
import { advance, bloodVolume } from '../../../src/models/library/heart-loop-shi-2009/circulation.js'
import { coefficients as shi } from '../../../src/models/library/heart-loop-shi-2009/coefficients.js'
import { heartLoopShi2009 } from '../../../src/models/library/heart-loop-shi-2009/model.js'
import { withOverrides } from '../../../src/models/library/heart-loop-shi-2009/parameters.js'

const overrides = fc.record({
  tau: fc.double({ min: 0.5, max: 1.2, noNaN: true }),
  Emax: fc.double({ min: 0.5, max: 4, noNaN: true }),
  Rs: fc.double({ min: 0.5, max: 2, noNaN: true }),
  Csa: fc.double({ min: 0.5, max: 2, noNaN: true }),
  MCFP: fc.double({ min: 3, max: 12, noNaN: true }),
})

describe('the single-ventricle loop', () => {
  it('conserves blood volume beat after beat', () => {
    fc.assert(
      fc.property(overrides, (person) => {
        const circulation = circulationOf({ ...bjordalsbakke.parameters, ...person })
        let state = stateAtRest(circulation.parameters)
        const before = stressedVolume(circulation, state)
        for (let index = 0; index < 5; index++) state = beat(circulation, state)
        expect(Math.abs(stressedVolume(circulation, state) / before - 1)).toBeLessThan(1e-11)
      }),
      { numRuns: 20 },
    )
  })

  it('ejects what it fills and keeps the mean pressure that drives its output through the resistance', () => {
    fc.assert(
      fc.property(overrides, (person) => {
        const beatAtRest = heartLoopBjordalsbakke2022.evaluate({ overrides: person })
        const flow = ((beatAtRest.MAP - beatAtRest.CVPmean) / person.Rs) * 0.06
        expect(beatAtRest.CO / flow).toBeCloseTo(1, 6)
      }),
      { numRuns: 10 },
    )
  })

  it('reaches the steady state that its sixtieth beat has', () => {
    const steady = heartLoopBjordalsbakke2022.evaluate({ overrides: {} })
    const sixtieth = heartLoopBjordalsbakke2022.evaluate({ overrides: {}, beats: '60' })
    expect(sixtieth.SBP / steady.SBP).toBeCloseTo(1, 8)
    expect(steady.beatsBefore).toBeLessThan(60)
  })

  it('returns a closed pressure–volume loop whose width is the stroke volume', () => {
    const { loop, SV, EDV } = heartLoopBjordalsbakke2022.evaluate({ overrides: {}, loopPoints: 401 })
    const volumes = loop?.LV_V_mL as number[]
    expect(volumes).toHaveLength(401)
    expect(volumes[400]).toBeCloseTo(volumes[0] as number, 5)
    expect(Math.max(...volumes)).toBeCloseTo(EDV, 2)
    expect(Math.max(...volumes) - Math.min(...volumes)).toBeCloseTo(SV, 1)
  })

  it('is personalised from measurements to a loop that resembles them', () => {
    const measured = { heartRate: 75, SBP: 130, DBP: 80, EDV: 140, ESV: 60 }
    const person = heartLoopBjordalsbakke2022.evaluate({ overrides: personalise(measured) })
    expect(person.HR).toBeCloseTo(75, 10)
    expect(Math.abs(person.SBP / measured.SBP - 1)).toBeLessThan(0.15)
    expect(Math.abs(person.EDV / measured.EDV - 1)).toBeLessThan(0.15)
  })

  it('refuses a heart that does not contract and parameters it does not know', () => {
    const inputs = (given: object) =>
      heartLoopBjordalsbakke2022.refusals({ overrides: given }).map(({ input }) => input)
    expect(inputs({ Emin: 0.5, Emax: 0.4 })).toEqual(['overrides.Emax'])
    expect(inputs({ Rx: 1 })).toEqual(['overrides'])
    expect(inputs({ Rs: 100 })).toEqual(['overrides.Rs'])
  })
})

describe('the four-chamber loop', () => {
  it('conserves blood volume', () => {
    const parameters = withOverrides({})
    const before = bloodVolume(parameters, shi.start)
    const after = bloodVolume(parameters, advance(parameters, shi.start, 0, 3))
    expect(Math.abs(after / before - 1)).toBeLessThan(1e-11)
  })

  it('pumps the same volume through both ventricles once it is periodic', () => {
    const { beat: cycle } = heartLoopShi2009.evaluate({ t_s: 19 })
    expect((cycle.RV_EDV - cycle.RV_ESV) / cycle.LV_SV).toBeCloseTo(1, 2)
    expect(cycle.SBP).toBeGreaterThan(cycle.DBP)
  })

  it('answers a raised resistance of the arterioles with a raised arterial pressure', () => {
    const pressure = (sar: number): number => heartLoopShi2009.evaluate({ t_s: 10, overrides: { sar } }).beat.SBP
    expect(pressure(0.8)).toBeGreaterThan(pressure(0.5) + 5)
  })

  it('refuses a contraction that is longer than the cycle', () => {
    const refusals = heartLoopShi2009.refusals({ t_s: 1, overrides: { tau: 0.4 } })
    expect(refusals[0]).toMatchObject({ input: 'overrides.lv.end', code: 'not-applicable' })
  })
})
