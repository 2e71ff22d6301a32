import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { findModel } from '../../src/models/registry/find-model.js'
import { parametersOf } from '../../src/simulations/inputs/mapping.js'
import { INPUT_MAPPINGS, mappingOf } from '../../src/simulations/inputs/mappings.js'
import { modelInput, selectInputs } from '../../src/simulations/inputs/select-inputs.js'
import type { Fact, TwinRecord } from '../../src/simulations/inputs/twin-record.js'
import { DAY, demographics, diagnosis, drug, eventId, measured, operation, p1, pressure, smokes } from './support.js'

const prevent = findModel('cvd.prevent-2023')
const select = (record: TwinRecord, day = DAY) => selectInputs(prevent, mappingOf(prevent.id), record, day)
const chosen = (record: TwinRecord, input: string) => select(record).inputs.find((one) => one.input === input)
const vectors = JSON.parse(readFileSync(new URL('../models/public-vectors.json', import.meta.url), 'utf8')) as {
  models: Record<string, { vectors: { inputs: object; expected: Record<'y10' | 'y30', Record<string, number>> }[] }>
}
const [P1] = vectors.models[prevent.id]!.vectors

describe('PREVENT from a twin', () => {
  it('finds exactly the inputs of vector P1, and its results', () => {
    const { inputs, reasons } = select(p1())
    expect(reasons).toEqual([])
    expect(modelInput(inputs)).toEqual({ ...P1!.inputs, priorCvd: false })
    const outputs = prevent.evaluate(modelInput(inputs)) as (typeof P1 & object)['expected']
    for (const horizon of ['y10', 'y30'] as const) {
      for (const [outcome, risk] of Object.entries(P1!.expected[horizon])) {
        expect(Math.abs(outputs[horizon][outcome]! / risk - 1)).toBeLessThan(1e-9)
      }
    }
  })

  // proves TL-SIM-001
  it('records for each value the event, the unit as recorded and the day', () => {
    expect(chosen(p1({ total_c: [measured('14647-2', 5.2, 'mmol/L', '2026-02-01')] }), 'total_c')).toEqual({
      input: 'total_c',
      value: expect.closeTo(201.06, 2),
      unit: 'mg/dL',
      basis: 'recorded',
      sources: [{ eventId: eventId(3), code: 'loinc|14647-2', value: 5.2, unit: 'mmol/L', observedAt: '2026-02-01' }],
    })
    expect(chosen(p1(), 'age')).toMatchObject({ value: 50, basis: 'derived', sources: [{ eventId: eventId(0) }] })
    expect(chosen(p1(), 'statin')).toMatchObject({ value: false, basis: 'not-in-record' })
  })
})

describe('an input that cannot be chosen is named with its reason', () => {
  const table: [string, Record<string, readonly Fact[]>, object][] = [
    ['missing', { hdl_c: [] }, { input: 'hdl_c', code: 'missing' }],
    [
      'stale',
      { hdl_c: [measured('2085-9', 45, 'mg/dL', '2021-05-31')] },
      { input: 'hdl_c', code: 'stale', limit: 'P5Y' },
    ],
    ['too old for its kind', { sbp: [pressure(160, '2025-05-31')] }, { input: 'sbp', code: 'stale', limit: 'P1Y' }],
    [
      'in another dimension',
      { hdl_c: [measured('2085-9', 45, 'mm[Hg]')] },
      { input: 'hdl_c', code: 'unit-not-convertible' },
    ],
    ['without a unit', { hdl_c: [measured('2085-9', 45, '')] }, { input: 'hdl_c', code: 'unit-not-convertible' }],
    [
      'outside of the range',
      { sbp: [pressure(200)] },
      { input: 'sbp', code: 'out-of-range', limit: '[90, 180] mm[Hg]' },
    ],
    ['dated ahead', { hdl_c: [measured('2085-9', 45, 'mg/dL', '2026-09-01')] }, { input: 'hdl_c', code: 'in-future' }],
    [
      'without a date',
      { hdl_c: [measured('2085-9', 45, 'mg/dL', undefined, { effective: undefined })] },
      { input: 'hdl_c', code: 'undated' },
    ],
    [
      'entered in error',
      { hdl_c: [measured('2085-9', 45, 'mg/dL', undefined, { status: 'entered-in-error' })] },
      { input: 'hdl_c', code: 'not-final' },
    ],
    [
      'below a detection limit',
      {
        hdl_c: [
          measured('2085-9', 45, 'mg/dL', undefined, { quantity: { value: 45, unit: 'mg/dL', comparator: '<' } }),
        ],
      },
      { input: 'hdl_c', code: 'censored' },
    ],
    [
      'an answer nobody understands',
      { smoking: [smokes('266927001')] },
      { input: 'smoking', code: 'value-not-understood' },
    ],
    [
      'resolved infarction: it happened all the same',
      { more: [diagnosis('22298006', 'resolved')] },
      { input: 'priorCvd', code: 'not-applicable' },
    ],
    ['bypass', { more: [operation('232717009')] }, { input: 'priorCvd', code: 'not-applicable' }],
    [
      'contradicting lipids',
      { hdl_c: [measured('2085-9', 100, 'mg/dL')], total_c: [measured('2093-3', 2.4, 'mmol/L')] },
      { input: 'total_c', code: 'out-of-range' },
    ],
  ]
  it.each(table)('%s', (_, changes, reason) => {
    expect(select(p1(changes)).reasons).toContainEqual(expect.objectContaining(reason))
  })

  it.each([
    ['no date of birth', { birthDate: undefined }, { input: 'age', code: 'missing' }],
    ['a year of birth only', { birthDate: '1976' }, { input: 'age', code: 'imprecise' }],
    ['death', { deceased: '2026-01-01' }, { input: 'age', code: 'deceased' }],
    ['a sex the equations do not know', { sex: 'other' as const }, { input: 'sex', code: 'not-allowed' }],
    ['youth', { birthDate: '1996-06-02' }, { input: 'age', code: 'out-of-range' }],
  ])('%s', (_, change, reason) => {
    const person = { eventId: eventId(0), value: { ...demographics, ...change } }
    expect(select(p1({}, { demographics: person })).reasons).toContainEqual(expect.objectContaining(reason))
  })

  it('all of them at once, and never a value', () => {
    const { reasons } = select(p1({ hdl_c: [], sbp: [pressure(234)], bmi: [] }))
    expect(reasons.map(({ input, code }) => `${input} ${code}`)).toEqual([
      'hdl_c missing',
      'bmi missing',
      'sbp out-of-range',
    ])
    expect(JSON.stringify(reasons)).not.toContain('234')
  })
})

describe('among several values', () => {
  it('the newest counts; of one moment the code named first, then what was recorded last', () => {
    const older = measured('2085-9', 40, 'mg/dL', '2026-01-01')
    const [conventional, si] = [
      measured('2085-9', 50, 'mg/dL', '2026-02-01'),
      measured('14646-4', 1, 'mmol/L', '2026-02-01'),
    ]
    const again = measured('2085-9', 51, 'mg/dL', '2026-02-01')
    expect(chosen(p1({ hdl_c: [older, si, conventional] }), 'hdl_c')).toMatchObject({ value: 50 })
    expect(chosen(p1({ hdl_c: [conventional, again, older] }), 'hdl_c')).toMatchObject({ value: 51 })
  })

  it('one with a quality error is passed over, and the record says so', () => {
    const bad = measured('2085-9', 4500, 'mg/dL', '2026-05-01')
    const record = p1({ hdl_c: [measured('2085-9', 45, 'mg/dL'), bad] })
    const found = record.facts.find(({ fact }) => fact === bad)!
    const errors = [{ rule: 'observation.value-implausible', target: found.eventId, code: '2085-9' }]
    const { inputs, excluded, reasons } = select({ ...record, errors })
    expect(reasons).toEqual([])
    expect(inputs.find(({ input }) => input === 'hdl_c')).toMatchObject({ value: 45 })
    expect(excluded).toEqual([
      { input: 'hdl_c', eventId: found.eventId, code: 'quality-error', rule: 'observation.value-implausible' },
    ])
  })

  it('an error on one part of a panel leaves the other usable', () => {
    const errors = [{ rule: 'observation.value-implausible', target: eventId(1), code: '8462-4' }]
    expect(select(p1({}, { errors })).reasons).toEqual([])
  })
})

describe('what is derived', () => {
  it('eGFR from creatinine by CKD-EPI 2021, under the name of the model that computed it', () => {
    const egfr = chosen(p1({ egfr: [measured('14682-9', 70.736, 'umol/L')] }), 'egfr')
    expect(egfr).toMatchObject({ basis: 'derived', by: expect.stringMatching(/^renal\.ckdepi2021\+cockcroftgault@/) })
    // 0.8 mg/dL, a woman of 50.
    expect(egfr!.value).toBeCloseTo(89.9, 0)
  })

  it('BMI from height and weight', () => {
    const record = p1({ bmi: [measured('29463-7', 81, 'kg'), measured('8302-2', 180, 'cm', '2020-01-01')] })
    expect(chosen(record, 'bmi')).toMatchObject({ value: 25, basis: 'derived', by: 'weight/height^2' })
  })
})

describe('drugs and diagnoses', () => {
  it.each([
    ['an active order', drug('83367'), true],
    ['one that was stopped', drug('83367', 'stopped'), false],
    ['one completed before', drug('83367', 'completed', { at: '2020-01-01', until: '2020-02-01' }), false],
    ['one completed that still lasts', drug('83367', 'completed', { at: '2026-01-01', until: '2026-12-01' }), true],
    ['one that has not begun', drug('83367', 'active', { at: '2026-07-01' }), false],
    ['another drug', drug('1191'), false],
  ])('statin: %s', (_, order, taken) => {
    expect(chosen(p1({ statin: [order] }), 'statin')).toMatchObject({ value: taken })
  })

  it.each([
    ['type 1', diagnosis('46635009'), true],
    [
      'by ICD-10',
      diagnosis('', 'active', { code: { system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'E11.9' } }),
      true,
    ],
    ['refuted', diagnosis('44054006', 'active', { verificationStatus: 'refuted' }), false],
    ['in remission', diagnosis('44054006', 'remission'), false],
    ['prediabetes', diagnosis('15777000'), false],
  ])('diabetes: %s', (_, condition, has) => {
    expect(chosen(p1({ dm: [condition] }), 'dm')).toMatchObject({ value: has })
  })
})

describe('every mapping', () => {
  it.each(INPUT_MAPPINGS.map((mapping) => [mapping.model, mapping] as const))(
    '%s names inputs of its model',
    (id, mapping) => {
      const { inputs } = findModel(id)
      const names = inputs.map(({ name }) => name)
      expect(names).toEqual(expect.arrayContaining(Object.keys(mapping.inputs)))
      const required = inputs.filter(({ optional }) => optional !== true).map(({ name }) => name)
      expect(Object.keys(mapping.inputs)).toEqual(expect.arrayContaining(required))
    },
  )

  it.each(INPUT_MAPPINGS.map((mapping) => [mapping.model, mapping] as const))(
    '%s declares every parameter it asks for',
    (id, mapping) => {
      const model = findModel(id)
      const declared = parametersOf(mapping, model).map(({ specification: { name } }) => name)
      const asked = selectInputs(model, mapping, p1({}, { facts: [] }), DAY).reasons.filter(
        ({ code }) => code === 'parameter-missing',
      )
      expect(declared).toEqual(expect.arrayContaining(asked.map(({ input, of }) => of ?? input)))
    },
  )

  it('PhenoAge takes its nine markers in the units of the publication', () => {
    const model = findModel('ageing.phenoage-2018')
    const record = p1({
      blood: [
        measured('1751-7', 4.5, 'g/dL'),
        measured('2160-0', 0.9, 'mg/dL'),
        measured('2345-7', 90, 'mg/dL'),
        measured('1988-5', 1, 'mg/L', undefined, { quantity: { value: 1, unit: 'mg/L', comparator: '<' } }),
        measured('736-9', 30, '%'),
        measured('787-2', 90, 'fL'),
        measured('788-0', 13, '%'),
        measured('6768-6', 60, 'U/L'),
        measured('6690-2', 6, '10*3/uL'),
      ],
    })
    const { inputs, reasons } = selectInputs(model, mappingOf(model.id), record, DAY)
    expect(reasons).toEqual([])
    expect(modelInput(inputs)).toMatchObject({
      albumin_gL: 45,
      glucose_mmolL: expect.closeTo(4.99567, 5),
      creatinine_umolL: expect.closeTo(79.56, 2),
      lnCRP_mgdL: expect.closeTo(Math.log(0.1), 12),
      wbc_10e9L: 6,
    })
  })
})
