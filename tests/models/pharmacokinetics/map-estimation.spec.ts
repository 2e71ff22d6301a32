import { describe, expect, it } from '@jest/globals'
import { mapEngineOneCompartmentOral } from '../../../src/models/library/pk-map-engine-1cmt-oral/model.js'
import { vancomycinGoti2018 } from '../../../src/models/library/pk-vancomycin-goti-2018/model.js'
import { vancomycinBuelga2005 } from '../../../src/models/library/pk-vancomycin-buelga-2005/model.js'
import { estimateMap } from '../../../src/models/pharmacokinetics/map-estimation.js'

describe('Bayesian estimation', () => {
  it('gives the textbook posterior of a linear model with known variances', () => {
    // y = 10 + η, η ~ N(0, 4), residual variance 1, one observation 13: mode 3·4/5, variance 4/5.
    const { eta, covariance, firstOrderCovariance } = estimateMap({
      observed: [13],
      predict: ([shift]) => [10 + (shift as number)],
      residual: { add: 1, prop: 0 },
      omega: [[4]],
    })
    expect(eta[0]).toBeCloseTo(2.4, 9)
    expect(covariance[0]?.[0]).toBeCloseTo(0.8, 9)
    expect(firstOrderCovariance[0]?.[0]).toBeCloseTo(0.8, 9)
  })

  it('leaves a patient typical whose levels are as predicted and narrows with more levels', () => {
    const input = { weight_kg: 70, crcl_mLmin: 90, dose_mg: 1000, dur_h: 1, tau_h: 12 }
    const times = [2, 11, 14, 23]
    const { conc } = vancomycinBuelga2005.evaluate({ ...input, times_h: times })
    const observe = (count: number) => times.slice(0, count).map((t_h) => ({ t_h, mgL: conc[String(t_h)] as number }))
    const [few, many] = [1, 4].map((n) => vancomycinBuelga2005.evaluate({ ...input, observations: observe(n) }).map)
    expect(many?.eta.every((value) => Math.abs(value) < 1e-9)).toBe(true)
    expect(many?.posteriorSD_eta[0]).toBeLessThan(few?.posteriorSD_eta[0] as number)
  })

  it('takes the diagonal of Ω and the same matrix as a lower triangle alike', () => {
    const input = {
      theta: { CL_Lh: 4, V_L: 70, KA_h: 1 },
      sigma2: { prop: 0.05, add: 0.1 },
      doses: [{ t_h: 0, amt_mg: 1000, ii_h: 12, addl: 3 }],
      observations: [{ t_h: 40, mgL: 9 }],
    }
    const diagonal = mapEngineOneCompartmentOral.evaluate({ ...input, omega2: [0.2, 0.3, 0.4] })
    const triangle = mapEngineOneCompartmentOral.evaluate({ ...input, omega2: [0.2, 0, 0.3, 0, 0, 0.4] })
    expect(triangle).toEqual(diagonal)
  })

  it.each([
    ['an Ω that is not positive definite', { omega2: [0.2, 0.5, 0.2, 0, 0, 0.2] }, 'omega2'],
    ['repetitions without an interval', { doses: [{ t_h: 0, amt_mg: 1, addl: 2 }] }, 'doses[0].ii_h'],
    ['a sample before the first dose', { observations: [{ t_h: 0, mgL: 1 }] }, 'observations[0].t_h'],
  ])('refuses %s', (_what, change, input) => {
    const valid = {
      theta: { CL_Lh: 4, V_L: 70, KA_h: 1 },
      omega2: [0.2, 0.2, 0.2],
      sigma2: { prop: 0.05, add: 0 },
      doses: [{ t_h: 0, amt_mg: 1000 }],
      observations: [{ t_h: 4, mgL: 9 }],
    }
    expect(mapEngineOneCompartmentOral.refusals(valid)).toEqual([])
    expect(mapEngineOneCompartmentOral.refusals({ ...valid, ...change })[0]?.input).toBe(input)
  })
})

describe('Goti 2018', () => {
  const patient = { age: 65, weight_kg: 80, scr_mgdL: 0.7, sex: 'male', haemodialysis: false } as const
  const doses = [{ t_h: 0, amt_mg: 1000, dur_h: 1, ii_h: 12, addl: 3 }]

  it('counts creatinine below 1 mg/dL as 1 above 60 years, and never a clearance above 150 mL/min', () => {
    expect(vancomycinGoti2018.evaluate({ ...patient, doses }).crcl_mLmin).toBeCloseTo((75 * 80) / 72, 10)
    expect(vancomycinGoti2018.evaluate({ ...patient, age: 25, doses }).crcl_mLmin).toBe(150)
  })

  it('lowers clearance and central volume on haemodialysis', () => {
    const off = vancomycinGoti2018.evaluate({ ...patient, doses }).typical
    const on = vancomycinGoti2018.evaluate({ ...patient, haemodialysis: true, doses }).typical
    expect(on.CL / off.CL).toBeCloseTo(0.7, 12)
    expect(on.Vc / off.Vc).toBeCloseTo(0.5, 12)
    expect(on.Vp).toBe(off.Vp)
  })

  it('refuses a child instead of extrapolating', () => {
    expect(vancomycinGoti2018.refusals({ ...patient, age: 12, doses })).toEqual([
      { input: 'age', code: 'out-of-range', limit: '[18, 110] a' },
    ])
  })
})
