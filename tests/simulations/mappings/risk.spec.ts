/** Cardiovascular risk and what drugs would change: from a twin to the inputs of SCORE2, SCORE2-Diabetes and treatment effect. */
import { describe, expect, it } from '@jest/globals'
import { chooseFor, diagnosis, drug, eventId, measured, p1, P1_FACTS, twinWith } from '../support.js'

const { total_c, hdl_c, smoking, sbp } = P1_FACTS as Record<string, NonNullable<(typeof P1_FACTS)[string]>>
const measurements = [...sbp!, ...total_c!, ...hdl_c!, ...smoking!]
const ldl = measured('13457-7', 155, 'mg/dL')

describe('SCORE2', () => {
  it('takes lipids in mmol/L, and the region from whoever orders the run', () => {
    const { input, inputs, reasons } = chooseFor('cvd.score2-2021', twinWith(measurements), { riskRegion: 'Moderate' })
    expect(reasons).toEqual([])
    expect(input).toEqual({
      riskRegion: 'Moderate',
      sex: 'female',
      age: 50,
      smoker: false,
      sbp_mmHg: 160,
      totalChol_mmolL: expect.closeTo(5.1726, 3),
      hdl_mmolL: expect.closeTo(1.1638, 3),
      priorCvd: false,
      diabetes: false,
    })
    expect(inputs[0]).toEqual({
      input: 'riskRegion',
      value: 'Moderate',
      basis: 'stated',
      sources: [],
      parameters: ['riskRegion'],
    })
  })

  it.each([
    ['without a region', {}, { input: 'riskRegion', code: 'parameter-missing' }],
    ['with a region that is none', { riskRegion: 'Tropics' }, { input: 'riskRegion', code: 'not-allowed' }],
  ])('is refused %s', (_, stated, reason) => {
    expect(chooseFor('cvd.score2-2021', twinWith(measurements), stated).reasons).toEqual([
      expect.objectContaining(reason),
    ])
  })
})

describe('SCORE2-Diabetes', () => {
  const glycation = measured('4548-4', 7, '%')
  const stated = { riskRegion: 'Low' }

  it('takes the age at diagnosis from the onset of type 2 diabetes, and HbA1c in mmol/mol', () => {
    const later = diagnosis('44054006', 'active', { onset: { at: '2022-01' } })
    const facts = [...measurements, later, diagnosis('44054006'), glycation, ...P1_FACTS.egfr!]
    const { input, inputs, reasons } = chooseFor('cvd.score2-diabetes-2023', twinWith(facts), stated)
    expect(reasons).toEqual([])
    expect(input).toMatchObject({ ageAtDiabetesDx: 43, hba1c_mmolmol: expect.closeTo(53, 0), egfr: 90 })
    expect(inputs.find(({ input }) => input === 'ageAtDiabetesDx')).toMatchObject({
      by: 'completed years at the first onset',
      sources: [{ eventId: eventId(6), code: 'snomed|44054006', observedAt: '2019-05-01' }, { eventId: eventId(0) }],
    })
  })

  it.each([
    ['no diabetes', [], 'missing'],
    ['type 1', [diagnosis('46635009')], 'missing'],
    ['an onset nobody noted', [diagnosis('44054006', 'active', { onset: undefined })], 'undated'],
  ])('is refused for %s', (_, conditions, code) => {
    const facts = [...measurements, ...conditions, glycation, ...P1_FACTS.egfr!]
    expect(chooseFor('cvd.score2-diabetes-2023', twinWith(facts), stated).reasons).toEqual([
      expect.objectContaining({ input: 'ageAtDiabetesDx', code }),
    ])
  })
})

describe('the effect of treatment', () => {
  const plan = { statin: 'atorvastatin', dose_mg: 20, bpDrugs: 1 }

  it('starts from the untreated risk by PREVENT, named with the facts it stands on', () => {
    const record = p1({ ldl: [ldl] })
    const { inputs, model, input, reasons } = chooseFor('cvd.treatment-effect', record, plan)
    expect(reasons).toEqual([])
    const risk = inputs.find(({ input }) => input === 'ascvd10')!
    expect(risk).toMatchObject({ basis: 'derived', by: 'cvd.prevent-2023@1.0.0' })
    expect(risk.sources.map(({ code }) => code)).toEqual(expect.arrayContaining(['loinc|8480-6', 'loinc|2085-9']))
    expect(risk.value).toBeCloseTo(0.092, 3)
    expect(input).toMatchObject({ ldl_mmolL: expect.closeTo(4.01, 2), halfDose: false, bpDrugs: 1 })
    expect(model.evaluate(input)).toMatchObject({ ascvd10_treated: expect.any(Number) })
  })

  it('is refused for a statin on top of another: there is no untreated risk', () => {
    const record = p1({ ldl: [ldl], statin: [drug('83367')] })
    expect(chooseFor('cvd.treatment-effect', record, plan).reasons).toEqual([
      { input: 'ascvd10', code: 'not-applicable', limit: 'no statin taken yet' },
    ])
    expect(chooseFor('cvd.treatment-effect', record, { bpDrugs: 1 }).reasons).toEqual([])
  })

  it('names the part of PREVENT that is in the way', () => {
    const { reasons } = chooseFor('cvd.treatment-effect', p1({ ldl: [ldl], hdl_c: [] }), plan)
    expect(reasons).toEqual([{ input: 'ascvd10', code: 'missing', of: 'hdl_c' }])
    const young = p1({ ldl: [ldl] })
    young.demographics!.value = { ...young.demographics!.value, birthDate: '2000-01-01' }
    expect(chooseFor('cvd.treatment-effect', young, plan).reasons).toEqual([
      { input: 'ascvd10', code: 'out-of-range', of: 'age', limit: '[30, 79] a' },
    ])
  })
})
