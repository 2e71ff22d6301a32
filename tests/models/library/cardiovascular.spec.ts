import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { PREVENT_OUTCOMES } from '../../../src/models/library/cvd-prevent-2023/coefficients/tables.js'
import { prevent2023 } from '../../../src/models/library/cvd-prevent-2023/model.js'
import { sdiDecileOf } from '../../../src/models/library/cvd-prevent-2023/social-deprivation.js'
import { RISK_REGIONS } from '../../../src/models/library/cvd-score2-2021/calibrated-risk.js'
import { score2 } from '../../../src/models/library/cvd-score2-2021/model.js'
import { score2Diabetes } from '../../../src/models/library/cvd-score2-diabetes-2023/model.js'
import { treatmentEffect } from '../../../src/models/library/cvd-treatment-effect/model.js'
import { type RateRatio, sampleRateRatio } from '../../../src/models/library/cvd-treatment-effect/rate-ratio.js'
import { renalFunction } from '../../../src/models/library/renal-ckdepi2021-cockcroftgault/model.js'
import { ModelRefusal } from '../../../src/models/model-refusal.js'
import { between, preventPerson, score2Person } from '../support/people.js'

describe('PREVENT', () => {
  const middleAged = preventPerson.filter(({ age }) => age <= 65)

  it('gives probabilities, and 30-year ones up to 59 years only', () => {
    fc.assert(
      fc.property(preventPerson, (person) => {
        const { y10, y30 } = prevent2023.evaluate(person)
        expect(y30 === null).toBe(person.age > 59)
        for (const outcome of PREVENT_OUTCOMES) {
          for (const risk of [y10[outcome], ...(y30 === null ? [] : [y30[outcome]])]) {
            expect(risk > 0 && risk < 1).toBe(true)
          }
        }
      }),
    )
  })

  it('rises with systolic pressure from 110 mm[Hg] on', () => {
    fc.assert(
      fc.property(middleAged, between(110, 170), between(1, 10), (person, sbp, rise) => {
        const risk = (pressure: number): number => prevent2023.evaluate({ ...person, sbp: pressure }).y10.total_cvd
        expect(risk(sbp + rise)).toBeGreaterThan(risk(sbp))
      }),
    )
  })

  it.each(['smoking', 'dm'] as const)('rises with %s', (name) => {
    fc.assert(
      fc.property(middleAged, (person) => {
        const risk = (present: boolean): number => prevent2023.evaluate({ ...person, [name]: present }).y10.total_cvd
        expect(risk(true)).toBeGreaterThan(risk(false))
      }),
    )
  })

  it('rises as kidney function falls below 60', () => {
    fc.assert(
      fc.property(middleAged, between(15, 59), (person, egfr) => {
        const risk = (rate: number): number => prevent2023.evaluate({ ...person, egfr: rate }).y10.heart_failure
        expect(risk(egfr)).toBeGreaterThan(risk(60))
      }),
    )
  })

  describe('with optional predictors', () => {
    const person = {
      sex: 'male',
      age: 52,
      sbp: 134,
      bp_tx: false,
      total_c: 210,
      hdl_c: 44,
      statin: false,
      dm: false,
      smoking: false,
      egfr: 85,
      bmi: 27,
    } as const

    it.each([
      [{}, 'base'],
      [{ hba1c: 6 }, 'hba1c'],
      [{ uacr: 30 }, 'uacr'],
      [{ sdi: 5 }, 'sdi'],
      [{ zip: '14738' }, 'sdi'],
      [{ hba1c: 6, uacr: 30 }, 'full'],
      [{ model: 'base', hba1c: 6 }, 'base'],
      [{ model: 'full' }, 'full'],
    ] as const)('%j takes the equations "%s"', (predictors, equations) => {
      expect(prevent2023.evaluate({ ...person, ...predictors }).equations).toBe(equations)
    })

    it.each(['hba1c', 'uacr', 'sdi'] as const)('the equations "%s" refuse without their predictor', (model) => {
      expect(prevent2023.refusals({ ...person, model })).toEqual([{ input: model, code: 'missing' }])
    })

    it('risk rises with HbA1c and with albuminuria', () => {
      const risk = (predictors: object): number => prevent2023.evaluate({ ...person, ...predictors }).y10.total_cvd
      expect(risk({ hba1c: 7 })).toBeGreaterThan(risk({ hba1c: 6 }))
      expect(risk({ uacr: 300 })).toBeGreaterThan(risk({ uacr: 30 }))
      expect(risk({ sdi: 8 })).toBeGreaterThan(risk({ sdi: 2 }))
    })

    it('a ZIP code stands for the decile of its area', () => {
      expect(sdiDecileOf('59043')).toBe(9)
      expect(sdiDecileOf('14738')).toBe(3)
      expect(prevent2023.evaluate({ ...person, zip: '59043' })).toEqual(prevent2023.evaluate({ ...person, sdi: 9 }))
    })

    it('a ZIP code without an index counts as missing, by the published term', () => {
      expect(sdiDecileOf('00738')).toBeNull()
      expect(sdiDecileOf('99999')).toBeNull()
      const full = { ...person, model: 'full', hba1c: 6, uacr: 30 } as const
      expect(prevent2023.evaluate({ ...full, zip: '00738' })).toEqual(prevent2023.evaluate(full))
    })
  })
})

describe('SCORE2', () => {
  it('rises with the risk region where the published scales do not cross, above 5 % of a moderate region', () => {
    fc.assert(
      fc.property(
        score2Person.filter((person) => {
          const moderate = { ...person, riskRegion: 'Moderate' } as const
          return person.age < 70 && score2.evaluate(moderate).risk10y_pct > 5
        }),
        (person) => {
          const risks = RISK_REGIONS.map((riskRegion) => score2.evaluate({ ...person, riskRegion }).risk10y_pct)
          expect([...risks].sort((a, b) => a - b)).toEqual(risks)
        },
      ),
    )
  })

  it('rises with smoking and with total cholesterol in middle age', () => {
    fc.assert(
      fc.property(
        score2Person.filter(({ age }) => age < 69),
        (person) => {
          const risk = (change: object): number => score2.evaluate({ ...person, ...change }).risk10y_pct
          expect(risk({ smoker: true })).toBeGreaterThan(risk({ smoker: false }))
          expect(risk({ totalChol_mmolL: person.totalChol_mmolL + 1 })).toBeGreaterThan(risk({}))
        },
      ),
    )
  })

  it('classes the same risk by age', () => {
    fc.assert(
      fc.property(score2Person, (person) => {
        const { risk10y_pct: risk, riskClass } = score2.evaluate(person)
        const [moderate, high] = person.age < 50 ? [2.5, 7.5] : person.age < 70 ? [5, 10] : [7.5, 15]
        expect(riskClass).toBe(risk >= high ? 'High' : risk >= moderate ? 'Moderate' : 'Low')
      }),
    )
  })

  it('refuses prior disease and lipids that contradict each other', () => {
    const person = { riskRegion: 'Low', age: 50, sex: 'male', smoker: true, sbp_mmHg: 140, diabetes: false } as const
    expect(() => score2.evaluate({ ...person, totalChol_mmolL: 6.3, hdl_mmolL: 1.4, priorCvd: true })).toThrow(
      ModelRefusal,
    )
    expect(score2.refusals({ ...person, totalChol_mmolL: 2.4, hdl_mmolL: 2.5 })).toHaveLength(1)
  })

  it('with diabetes, rises with HbA1c and with an earlier diagnosis, which cannot lie in the future', () => {
    const person = {
      riskRegion: 'Moderate',
      age: 58,
      sex: 'female',
      smoker: false,
      sbp_mmHg: 138,
      totalChol_mmolL: 5.2,
      hdl_mmolL: 1.3,
      ageAtDiabetesDx: 55,
      hba1c_mmolmol: 52,
      egfr: 82,
    } as const
    const risk = (change: object): number => score2Diabetes.evaluate({ ...person, ...change }).risk10y_pct
    expect(risk({ hba1c_mmolmol: 70 })).toBeGreaterThan(risk({}))
    expect(risk({ ageAtDiabetesDx: 45 })).toBeGreaterThan(risk({}))
    expect(score2Diabetes.refusals({ ...person, ageAtDiabetesDx: 60 })).toEqual([
      { input: 'ageAtDiabetesDx', code: 'not-applicable', limit: 'not above age' },
    ])
  })
})

describe('the effect of treatment', () => {
  const base = { ascvd10: 0.1, ldl_mmolL: 4, sbp_mmHg: 150, halfDose: false } as const

  it('lies between no risk and the untreated one, and more drugs never raise it', () => {
    fc.assert(
      fc.property(between(0.001, 0.9), between(1, 8), between(110, 200), (ascvd10, ldl_mmolL, sbp_mmHg) => {
        const treated = (bpDrugs: number): number =>
          treatmentEffect.evaluate({
            ascvd10,
            ldl_mmolL,
            sbp_mmHg,
            halfDose: false,
            statin: 'simvastatin',
            dose_mg: 40,
            bpDrugs,
          }).ascvd10_treated
        const risks = [0, 1, 2, 3, 4].map(treated)
        expect([...risks].sort((a, b) => b - a)).toEqual(risks)
        expect(risks[4]).toBeGreaterThan(0)
        expect(risks[0]).toBeLessThan(ascvd10)
      }),
    )
  })

  it('is nothing when nothing is given', () => {
    const effect = treatmentEffect.evaluate({ ...base, statin: null, dose_mg: 0, bpDrugs: 0 })
    expect(effect.hr_combined).toBe(1)
    expect(effect.arr).toBeCloseTo(0, 15)
    expect(effect.nnt10).toBeNull()
  })

  it('refuses doses that no table gives, and a statin without a dose', () => {
    const refusals = (change: object) => treatmentEffect.refusals({ ...base, bpDrugs: 1, ...change })
    expect(refusals({ statin: 'rosuvastatin', dose_mg: 80 })).toEqual([
      { input: 'dose_mg', code: 'not-allowed', limit: '5 | 10 | 20 | 40 mg of rosuvastatin' },
    ])
    expect(refusals({ statin: 'rosuvastatin' })).toEqual([{ input: 'dose_mg', code: 'missing' }])
    expect(refusals({ statin: 'toString', dose_mg: 1 })).toMatchObject([{ input: 'statin', code: 'not-allowed' }])
  })

  it('samples a rate ratio around its estimate with the spread of its interval', () => {
    const ratio: RateRatio = [0.8, 0.77, 0.83]
    expect(sampleRateRatio(ratio, 0)).toBeCloseTo(0.8, 12)
    expect(sampleRateRatio(ratio, 1.959963984540054)).toBeCloseTo(0.83, 2)
  })
})

describe('kidney function', () => {
  it('falls as creatinine rises, and needs a weight for the clearance', () => {
    fc.assert(
      fc.property(between(0.3, 10), between(18, 95), between(40, 150), (creatinine_mgdL, age, weight_kg) => {
        const at = (creatinine: number) =>
          renalFunction.evaluate({ creatinine_mgdL: creatinine, age, sex: 'female', weight_kg })
        expect(at(creatinine_mgdL * 1.1).egfr).toBeLessThan(at(creatinine_mgdL).egfr)
        expect(Number(at(creatinine_mgdL * 1.1).crcl_mLmin)).toBeLessThan(Number(at(creatinine_mgdL).crcl_mLmin))
      }),
    )
    expect(renalFunction.evaluate({ creatinine_mgdL: 1, age: 50, sex: 'male' }).crcl_mLmin).toBeNull()
  })
})
