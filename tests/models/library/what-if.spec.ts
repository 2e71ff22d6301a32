import { describe, expect, it } from '@jest/globals'
import { eleveldPropofol2018 } from '../../../src/models/library/anaes-eleveld-propofol-2018/model.js'
import { phenoAge2018 } from '../../../src/models/library/ageing-phenoage-2018/model.js'
import { prevent2023 } from '../../../src/models/library/cvd-prevent-2023/model.js'
import { treatmentEffect } from '../../../src/models/library/cvd-treatment-effect/model.js'
import { hovorka2004 } from '../../../src/models/library/glucose-hovorka-2004/model.js'
import { vancomycinGoti2018 } from '../../../src/models/library/pk-vancomycin-goti-2018/model.js'
import { sort } from '../../../src/models/library/surgery-sort/model.js'
import { biologicalAge } from '../../../src/models/library/ageing-what-if-markers/model.js'
import { heartDrugs } from '../../../src/models/library/cvd-what-if-drugs/model.js'
import { mealAndInsulin } from '../../../src/models/library/glucose-what-if-insulin/model.js'
import { propofolEmergence } from '../../../src/models/library/anaes-what-if-infusion/model.js'
import { surgicalRecovery } from '../../../src/models/library/surgery-what-if-plan/model.js'
import { vancomycinRegimen } from '../../../src/models/library/pk-what-if-vancomycin/model.js'
import { concentrationAt, twoCompartment } from '../../../src/models/pharmacokinetics/disposition.js'

describe('Drugs for the heart, beside the untreated twin', () => {
  const person = {
    sex: 'female',
    age: 58,
    sbp: 148,
    bp_tx: false,
    total_c: 228,
    hdl_c: 48,
    statin: false,
    dm: false,
    smoking: true,
    egfr: 84,
    bmi: 27,
    ldl_mmolL: 3.9,
    newStatin: 'atorvastatin',
    dose_mg: 20,
    bpDrugs: 2,
    halfDose: false,
    riskRegion: 'Moderate',
  } as const

  it('takes the untreated risk from PREVENT and the effect from the trials, to the bit', () => {
    const result = heartDrugs.evaluate(person)
    const untreated = prevent2023.evaluate({ ...person, model: 'base' }).y10
    const effect = treatmentEffect.evaluate({
      ...person,
      ascvd10: untreated.ascvd,
      statin: person.newStatin,
      sbp_mmHg: person.sbp,
    })
    expect(result.untreated).toEqual({ ascvd10: untreated.ascvd, heartFailure10: untreated.heart_failure })
    expect(result.treated.ascvd10).toBe(effect.ascvd10_treated)
    expect(result.reduction.ascvd10).toBe(effect.arr)
    expect(result.nnt10).toBe(effect.nnt10)
    expect(result.treated.heartFailure10).toBeLessThan(result.untreated.heartFailure10)
  })

  it('keeps three kinds of uncertainty apart, the same for the same seed', () => {
    const { uncertainty, treated } = heartDrugs.evaluate(person)
    expect(uncertainty).toEqual(heartDrugs.evaluate({ ...person, seed: 1 }).uncertainty)
    expect(uncertainty).not.toEqual(heartDrugs.evaluate({ ...person, seed: 2 }).uncertainty)
    const { parameter, measurement, structural } = uncertainty
    expect(parameter.treatedAscvd10.lower).toBeLessThan(treated.ascvd10)
    expect(parameter.treatedAscvd10.upper).toBeGreaterThan(treated.ascvd10)
    // Eight mm[Hg] of a device are worth more than the confidence interval of the trials.
    const width = ({ lower, upper }: { lower: number; upper: number }) => upper - lower
    expect(width(measurement.treatedAscvd10)).toBeGreaterThan(width(parameter.treatedAscvd10))
    expect(structural?.score2Risk10).toBeGreaterThan(0)
    expect(heartDrugs.evaluate({ ...person, riskRegion: null }).uncertainty.structural).toBeNull()
  })

  it('changes nothing without a drug', () => {
    const { untreated, treated, nnt10, uncertainty } = heartDrugs.evaluate({
      ...person,
      newStatin: null,
      dose_mg: null,
      bpDrugs: 0,
    })
    expect(treated.ascvd10).toBeCloseTo(untreated.ascvd10, 15)
    expect(nnt10).toBeNull()
    expect(uncertainty.parameter.reductionAscvd10.upper).toBeCloseTo(0, 15)
  })

  it('counts draws that leave the range of the equations instead of clamping them', () => {
    expect(heartDrugs.evaluate({ ...person, sbp: 178 }).uncertainty.measurement.outOfRange).toBeGreaterThan(0.2)
  })

  it('refuses a second statin, a dose that is not tabulated, and whom PREVENT refuses', () => {
    const refused = (input: object) => heartDrugs.refusals({ ...person, ...input }).map(({ input: name }) => name)
    expect(refused({ statin: true })).toEqual(['newStatin'])
    expect(refused({ dose_mg: 15 })).toEqual(['dose_mg'])
    expect(refused({ dose_mg: null })).toEqual(['dose_mg'])
    expect(refused({ priorCvd: true, age: 82 })).toEqual(['age', 'priorCvd'])
  })
})

describe('An intervention on the markers of biological age', () => {
  const person = {
    albumin_gL: 44,
    creatinine_umolL: 88,
    glucose_mmolL: 5.8,
    lnCRP_mgdL: -1.2,
    lymph_pct: 28,
    mcv_fL: 91,
    rdw_pct: 13.4,
    alp_UL: 72,
    wbc_10e9L: 6.4,
    age: 55,
  }
  const study = { source: '10.1000/example', changes: [{ marker: 'crp', ratio: 0.7 }] } as const

  it('equals PhenoAge as recorded, and PhenoAge of the changed markers', () => {
    const { untreated, changed, yearsYounger } = biologicalAge.evaluate({ ...person, ...study })
    expect(untreated.phenoAge).toBe(phenoAge2018.evaluate(person).phenoAge)
    const after = phenoAge2018.evaluate({ ...person, lnCRP_mgdL: person.lnCRP_mgdL + Math.log(0.7) }).phenoAge
    expect(changed.phenoAge).toBeCloseTo(after, 10)
    expect(yearsYounger).toBeGreaterThan(0)
    expect(changed.survival['10']).toBeGreaterThan(untreated.survival['10']!)
  })

  it('says how to read it, and invents no interval', () => {
    const { interpretation, uncertainty } = biologicalAge.evaluate({ ...person, ...study })
    expect(interpretation).toBe('associational, not causal')
    expect(uncertainty).toEqual({ parameter: null, measurement: null, structural: null })
    const stated = biologicalAge.evaluate({ ...person, ...study, analyticalCv: { glucose_mmolL: 0.03 } })
    expect(stated.uncertainty.measurement!.untreated.lower).toBeLessThan(stated.untreated.phenoAge)
  })

  it.each([
    ['no source', { source: undefined }, ['source']],
    ['neither by nor ratio', { changes: [{ marker: 'rdw_pct' }] }, ['changes[0]']],
    [
      'a marker twice',
      {
        changes: [
          { marker: 'mcv_fL', by: 1 },
          { marker: 'mcv_fL', by: 2 },
        ],
      },
      ['changes[1].marker'],
    ],
    ['an absolute change of CRP', { changes: [{ marker: 'crp', by: -1 }] }, ['changes[0].ratio']],
    ['a marker out of range afterwards', { changes: [{ marker: 'rdw_pct', by: 60 }] }, ['changes.rdw_pct']],
  ])('refuses %s', (_, change, names) => {
    const refusals = biologicalAge.refusals({ ...person, ...study, ...change })
    expect(refusals.map(({ input }) => input)).toEqual(names)
  })
})

describe('Another course of an operation', () => {
  const operation = {
    age: 72,
    asa: 'III',
    urgency: 'Ele',
    specialty: 'Colorectal',
    severity: 'Xma',
    malignancy: true,
  } as const

  it('equals SORT twice, with the difference', () => {
    const result = surgicalRecovery.evaluate({ ...operation, alternative: { asa: 'II' } })
    const [planned, other] = [sort.evaluate(operation), sort.evaluate({ ...operation, asa: 'II' })]
    expect(result.planned.morbidity).toEqual({
      7: planned.pomsD7,
      14: planned.pomsD14,
      21: planned.pomsD21,
      28: planned.pomsD28,
    })
    expect(result.alternative.mort30).toBe(other.mort30)
    expect(result.difference.mort30).toBe(other.mort30 - planned.mort30)
    expect(result.uncertainty.measurement.plannedOneAsaLess).toEqual(result.alternative)
  })

  it('leaves out morbidity where it was not derived, and refuses the plan itself', () => {
    const { alternative, difference } = surgicalRecovery.evaluate({ ...operation, alternative: { urgency: 'U' } })
    expect([alternative.morbidity, difference.morbidity]).toEqual([null, null])
    const same = surgicalRecovery.refusals({ ...operation, alternative: { asa: 'III' } })
    expect(same.map(({ input }) => input)).toEqual(['alternative'])
  })
})

describe('Another vancomycin regimen', () => {
  const patient = {
    age: 61,
    weight_kg: 78,
    scr_mgdL: 1.3,
    sex: 'male',
    haemodialysis: false,
    doses: [{ t_h: 0, amt_mg: 1000, dur_h: 1, ii_h: 12, addl: 3 }],
    regimens: [
      { dose_mg: 1000, tau_h: 12, dur_h: 1 },
      { dose_mg: 750, tau_h: 12, dur_h: 1 },
    ],
  } as const
  const levels = [
    { t_h: 25.5, mgL: 34 },
    { t_h: 35.5, mgL: 19 },
  ]

  it('rests on this patient’s levels where there are any', () => {
    const { params, estimatedFrom, present, regimens } = vancomycinRegimen.evaluate({
      ...patient,
      observations: levels,
    })
    expect(estimatedFrom).toBe('levels')
    expect(params).toEqual(vancomycinGoti2018.evaluate({ ...patient, observations: levels }).map!.params)
    expect(present).toEqual(regimens[0])
    expect(regimens[1]!.auc24_mghL).toBeCloseTo(0.75 * regimens[0]!.auc24_mghL, 9)
  })

  it('is surer with levels than without', () => {
    const width = (outcome: ReturnType<typeof vancomycinRegimen.evaluate>) => {
      const { lower, median, upper } = outcome.regimens[0]!.uncertainty.parameter.auc24_mghL
      return (upper - lower) / median
    }
    const without = vancomycinRegimen.evaluate(patient)
    expect(without.estimatedFrom).toBe('covariates')
    expect(width(vancomycinRegimen.evaluate({ ...patient, observations: levels }))).toBeLessThan(width(without))
  })

  it('divides all probability between below, within and above the target', () => {
    for (const { target } of vancomycinRegimen.evaluate(patient).regimens) {
      expect(target.below + target.within + target.above).toBeCloseTo(1, 12)
      expect(Math.min(target.below, target.within, target.above)).toBeGreaterThan(0)
    }
  })

  it('reaches the trough and the peak of sixty doses', () => {
    const { params, regimens } = vancomycinRegimen.evaluate(patient)
    const doses = Array.from({ length: 60 }, (_, index) => ({ t_h: 12 * index, amt_mg: 1000, dur_h: 1 }))
    const terms = twoCompartment(params)
    expect(regimens[0]!.trough_mgL).toBeCloseTo(concentrationAt(terms, doses, 720), 5)
    expect(regimens[0]!.peak_mgL).toBeCloseTo(concentrationAt(terms, doses, 709), 5)
  })

  it('knows no present regimen after one dose, and refuses an infusion that never ends', () => {
    expect(vancomycinRegimen.evaluate({ ...patient, doses: [{ t_h: 0, amt_mg: 1500, dur_h: 2 }] }).present).toBeNull()
    const endless = vancomycinRegimen.refusals({ ...patient, regimens: [{ dose_mg: 500, tau_h: 4, dur_h: 6 }] })
    expect(endless.map(({ input }) => input)).toEqual(['regimens[0].dur_h'])
  })
})

describe('Insulin with a meal', () => {
  const meal = {
    weight_kg: 75,
    startGlucose_mmolL: 6,
    meals: [{ t_min: 30, dur_min: 15, carb_g: 60 }],
    boluses: [{ t_min: 20, U: 6 }],
  }

  it('equals the model with and without the bolus', () => {
    const { withoutBoluses, withBoluses, difference } = mealAndInsulin.evaluate(meal)
    expect(withoutBoluses.glucose_mmolL).toEqual(hovorka2004.evaluate({ ...meal, boluses: [] }).glucose_mmolL)
    expect(withBoluses.glucose_mmolL).toEqual(hovorka2004.evaluate(meal).glucose_mmolL)
    expect(difference.highest_mmolL).toBeLessThan(-1)
    for (const { minutesLow, minutesInRange, minutesHigh } of [withoutBoluses, withBoluses])
      expect(minutesLow + minutesInRange + minutesHigh).toBe(360)
  })

  it('shows what a misread start would mean, and refuses a comparison without a bolus', () => {
    const { lowStart, highStart } = mealAndInsulin.evaluate(meal).uncertainty.measurement
    expect(lowStart!.glucose_mmolL['0']).toBeCloseTo(5.1, 6)
    expect(highStart!.glucose_mmolL['0']).toBeCloseTo(6.9, 6)
    expect(mealAndInsulin.refusals({ ...meal, boluses: [] }).map(({ input }) => input)).toEqual(['boluses'])
  })
})

describe('Another propofol infusion', () => {
  const patient = {
    age: 50,
    weight_kg: 80,
    height_cm: 175,
    sex: 'male',
    opioids: true,
    regimen: '2 mg/kg over 1 min, then 8 mg/kg/h for 60 min, then stop',
    alternativeRegimen: '2 mg/kg over 1 min, then 6 mg/kg/h for 60 min, then stop',
  } as const

  it('wakes up sooner after less, as the model says of each', () => {
    const { planned, alternative, difference_min, uncertainty } = propofolEmergence.evaluate(patient)
    expect(planned.emergence_min).toBe(eleveldPropofol2018.evaluate(patient).emergence_min)
    expect(alternative.propofol_mg).toBeCloseTo(160 + 480, 9)
    expect(difference_min).toBeLessThan(0)
    expect(uncertainty.parameter.planned.emergence_min!.upper).toBeGreaterThan(planned.emergence_min!)
    expect(uncertainty.measurement.planned.lowerIndex_min).toBeLessThan(planned.emergence_min!)
  })

  it('names the sentence that cannot be read', () => {
    const refused = propofolEmergence.refusals({ ...patient, alternativeRegimen: 'as much as it takes' })
    expect(refused.map(({ input }) => input)).toEqual(['alternativeRegimen'])
  })
})
