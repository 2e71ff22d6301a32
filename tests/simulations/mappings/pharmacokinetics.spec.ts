/** Doses and levels on one clock, glucose scenarios. */
import { describe, expect, it } from '@jest/globals'
import { chooseFor, diagnosis, eventId, given, measured, operation, twinWith } from '../support.js'

const VANCOMYCIN = '11124'
const hourly = (hour: number, day = '2026-05-30') => `${day}T${String(hour).padStart(2, '0')}:00:00+02:00`
const dose = (day: string, hour: number) => given(VANCOMYCIN, 1000, hourly(hour, day), hourly(hour + 1, day))
const course = [dose('2026-05-30', 8), dose('2026-05-30', 20), dose('2026-05-31', 8), dose('2026-05-31', 20)]
const trough = measured('4092-3', 14.2, 'ug/mL', '2026-06-01T05:30:00Z')
const patient = [measured('29463-7', 80, 'kg', '2026-05-30'), measured('2160-0', 0.9, 'mg/dL', '2026-06-01')]

describe('vancomycin by Goti', () => {
  const choose = (facts: Parameters<typeof twinWith>[0], stated = {}) =>
    chooseFor('pk.vancomycin-goti-2018', twinWith([...patient, ...facts]), { haemodialysis: false, ...stated })

  it('counts hours from the first dose, whatever zone each time is written in', () => {
    const { input, inputs, reasons, model } = choose([trough, ...course])
    expect(reasons).toEqual([])
    expect(input).toMatchObject({
      weight_kg: 80,
      scr_mgdL: 0.9,
      haemodialysis: false,
      doses: [0, 12, 24, 36].map((t_h) => ({ t_h, amt_mg: 1000, dur_h: 1 })),
      observations: [{ t_h: 47.5, mgL: expect.closeTo(14.2, 10) }],
    })
    expect(inputs.find(({ input }) => input === 'doses')!.sources.map(({ eventId }) => eventId)).toEqual(
      [4, 5, 6, 7].map(eventId),
    )
    expect(model.evaluate(input)).toMatchObject({ map: { params: { CL: expect.any(Number) } } })
  })

  it('takes the length of an infusion from whoever knows it, where its end is not on record', () => {
    const open = [given(VANCOMYCIN, 1000, hourly(8, '2026-05-31')), dose('2026-05-31', 20)]
    expect(choose(open).reasons).toEqual([{ input: 'doses', code: 'parameter-missing', of: 'infusion_h' }])
    expect(choose(open, { infusion_h: 2 }).input.doses).toEqual([
      { t_h: 0, amt_mg: 1000, dur_h: 2 },
      { t_h: 12, amt_mg: 1000, dur_h: 1 },
    ])
  })

  it.each([
    ['no dose at all', [], { input: 'doses', code: 'parameter-missing' }],
    ['doses of last month', [dose('2026-05-01', 8)], { input: 'doses', code: 'stale', limit: 'P14D' }],
    ['a dose on a day without an hour', [given(VANCOMYCIN, 1000, '2026-05-30')], { input: 'doses', code: 'undated' }],
  ])('is refused for %s', (_, doses, reason) => {
    expect(choose(doses).reasons).toEqual([reason])
  })

  it('plans for somebody who had none yet from stated doses, and from the record alone for who had', () => {
    const doses = [{ t_h: 0, amt_mg: 1500, dur_h: 1.5, ii_h: 12, addl: 5 }]
    expect(choose([], { doses }).input).toMatchObject({ doses })
    expect(choose(course, { doses }).reasons).toEqual([{ input: 'doses', code: 'parameter-not-used' }])
  })

  it('a dialysis on record needs no statement; that none is does not say that there is none', () => {
    const dialysis = { ...operation('302497006'), performed: { at: '2026-05-29' } } as ReturnType<typeof operation>
    const record = twinWith([...patient, ...course, dialysis])
    expect(chooseFor('pk.vancomycin-goti-2018', record).input).toMatchObject({ haemodialysis: true })
    expect(chooseFor('pk.vancomycin-goti-2018', twinWith([...patient, ...course])).reasons).toEqual([
      { input: 'haemodialysis', code: 'parameter-missing' },
    ])
  })
})

describe('vancomycin by Buelga', () => {
  const choose = (facts: Parameters<typeof twinWith>[0], stated = {}) =>
    chooseFor('pk.vancomycin-buelga-2005', twinWith([...patient, ...facts]), stated)

  it('reads the regimen that the doses follow, and derives the creatinine clearance', () => {
    const { input, inputs, reasons } = choose([...course, trough])
    expect(reasons).toEqual([])
    // (140 - 50) · 80 / (72 · 0.9) · 0.85
    expect(input).toMatchObject({ dose_mg: 1000, dur_h: 1, tau_h: 12, crcl_mLmin: expect.closeTo(94.44, 2) })
    expect(inputs.find(({ input }) => input === 'crcl_mLmin')).toMatchObject({
      by: expect.stringMatching(/^renal\.ckdepi2021/),
    })
  })

  it.each([
    ['a loading dose', [given(VANCOMYCIN, 2000, hourly(8), hourly(9)), ...course.slice(1)]],
    ['a dose that was left out', [course[0]!, course[1]!, course[3]!]],
    ['one dose only', [course[0]!]],
  ])('is refused for %s: that is no regimen', (_, doses) => {
    const { reasons } = choose(doses)
    expect(reasons).toContainEqual({ input: 'dose_mg', code: 'irregular', limit: 'equal doses at equal intervals' })
  })
})

describe('MAP estimation of any oral drug', () => {
  const population = {
    theta: { CL_Lh: 3, V_L: 35, KA_h: 1.2 },
    omega2: [0.09, 0.04, 0.25],
    sigma2: { prop: 0.04, add: 0.25 },
  }
  const THEOPHYLLINE = { drug: '10438', analyte: '4049-3' }
  const record = twinWith([
    given('10438', 300, '2026-05-31T08:00:00Z'),
    given('10438', 300, '2026-05-31T20:00:00Z'),
    measured('4049-3', 9.5, 'mg/L', '2026-05-31T19:30:00Z'),
  ])

  it('reads doses and levels of the drug that was named', () => {
    const { input, reasons } = chooseFor('pk.map-engine-1cmt-oral', record, { ...population, ...THEOPHYLLINE })
    expect(reasons).toEqual([])
    expect(input).toEqual({
      ...population,
      doses: [
        { t_h: 0, amt_mg: 300 },
        { t_h: 12, amt_mg: 300 },
      ],
      observations: [{ t_h: 11.5, mgL: 9.5 }],
    })
  })

  it('without a drug takes both as stated', () => {
    const stated = { ...population, doses: [{ t_h: 0, amt_mg: 200 }], observations: [{ t_h: 6, mgL: 4 }] }
    expect(chooseFor('pk.map-engine-1cmt-oral', twinWith([]), stated)).toMatchObject({ reasons: [], input: stated })
    expect(chooseFor('pk.map-engine-1cmt-oral', twinWith([]), population).reasons).toEqual(
      ['doses', 'observations'].map((input) => ({ input, code: 'parameter-missing' })),
    )
  })
})

describe('meals and insulin by Hovorka', () => {
  const scenario = {
    startGlucose_mmolL: 6,
    meals: [{ t_min: 30, dur_min: 20, carb_g: 60 }],
    boluses: [{ t_min: 25, U: 5 }],
  }
  const weight = measured('29463-7', 70, 'kg', '2026-04-01')

  it('weighs the person and is told the scenario; the diagnosis is recorded and is no input', () => {
    const record = twinWith([weight, diagnosis('46635009')])
    const { input, inputs, reasons } = chooseFor('glucose.hovorka-2004', record, scenario)
    expect(reasons).toEqual([])
    expect(input).toEqual({ weight_kg: 70, ...scenario })
    expect(inputs.at(-1)).toMatchObject({ input: 'type1Diabetes', gate: true, sources: [{ eventId: eventId(2) }] })
  })

  it('is refused for who has no type 1 diabetes', () => {
    expect(chooseFor('glucose.hovorka-2004', twinWith([weight, diagnosis('44054006')]), scenario).reasons).toEqual([
      { input: 'type1Diabetes', code: 'not-applicable', limit: 'on record' },
    ])
  })
})
