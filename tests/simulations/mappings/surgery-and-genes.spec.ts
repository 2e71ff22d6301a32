/** Surgery, anaesthesia, genes: what the record says, and what the clinician does. */
import { describe, expect, it } from '@jest/globals'
import { mappingOf } from '../../../src/simulations/inputs/mappings.js'
import { requireDeclared } from '../../../src/simulations/inputs/select-parameter.js'
import { findModel } from '../../../src/models/registry/find-model.js'
import { chooseFor, diagnosis, drug, genotype, measured, pressure, twinWith } from '../support.js'

const size = [measured('8302-2', 1.72, 'm', '2024-01-10'), measured('29463-7', 70, 'kg', '2026-04-01')]

describe('SORT', () => {
  const plan = { asa: 'II', urgency: 'Ele', specialty: 'Colorectal', severity: 'Maj' }

  it.each([
    ['none on record', [], false],
    ['colon cancer, active', [diagnosis('363406005', 'active', { onset: { at: '2010-01-01' } })], true],
    [
      'breast cancer by ICD-10',
      [diagnosis('', 'active', { code: { system: 'http://hl7.org/fhir/sid/icd-10', code: 'C50.9' } })],
      true,
    ],
    [
      'resolved three years ago',
      [diagnosis('254837009', 'resolved', { onset: { at: '2015-01-01' }, abated: { at: '2023-07-01' } })],
      true,
    ],
    [
      'resolved ten years ago',
      [diagnosis('254837009', 'resolved', { onset: { at: '2015-01-01' }, abated: { at: '2016-07-01' } })],
      false,
    ],
  ])('malignancy within five years: %s', (_, conditions, malignancy) => {
    const { input, reasons } = chooseFor('surgery.sort', twinWith(conditions), plan)
    expect(reasons).toEqual([])
    expect(input).toEqual({ ...plan, age: 50, malignancy })
  })

  it('says every statement that is lacking', () => {
    const { reasons } = chooseFor('surgery.sort', twinWith([]))
    expect(reasons).toEqual(
      ['asa', 'urgency', 'specialty', 'severity'].map((input) => ({ input, code: 'parameter-missing' })),
    )
  })
})

describe('P-POSSUM', () => {
  const op = { severity: 4, procedures: 1, bloodLoss: 2, soiling: 1, malignancy: 2, urgency: 1 }
  const stated = { cardiac: 1, resp: 1, ecg: 1, gcs: 15, op }
  const at = '2026-05-31T08:00:00Z'
  const physiology = [
    pressure(128, at),
    measured('8867-4', 72, '/min', at),
    measured('718-7', 13.5, 'g/dL', at),
    measured('6690-2', 7, '10*3/uL', at),
    measured('22664-7', 5, 'mmol/L', at),
    measured('2951-2', 140, 'mmol/L', at),
    measured('2823-3', 4, 'mmol/L', at),
  ]

  it('reads the physiology and is told the judgement and the operation', () => {
    const { input, reasons } = chooseFor('surgery.p-possum', twinWith(physiology), stated)
    expect(reasons).toEqual([])
    expect(input).toMatchObject({ sbp: 128, pulse: 72, hb_gL: 135, wcc: 7, urea: 5, na: 140, k: 4, gcs: 15, op })
  })

  it('a coma scale on record goes before the statement, which is then refused', () => {
    const record = twinWith([...physiology, measured('9269-2', 14, '{score}', at)])
    const { gcs: _gcs, ...others } = stated
    expect(chooseFor('surgery.p-possum', record, others)).toMatchObject({ reasons: [], input: { gcs: 14 } })
    expect(chooseFor('surgery.p-possum', record, stated).reasons).toEqual([
      { input: 'gcs', code: 'parameter-not-used' },
    ])
  })

  it('is refused for measurements of another week, and for points that are none', () => {
    const { reasons } = chooseFor(
      'surgery.p-possum',
      twinWith(physiology),
      { ...stated, op: { ...op, severity: 3 } },
      '2026-06-09',
    )
    expect(reasons).toEqual([
      { input: 'sbp', code: 'stale', limit: 'P1D' },
      { input: 'pulse', code: 'stale', limit: 'P1D' },
      ...['hb_gL', 'wcc', 'urea', 'na', 'k'].map((input) => ({ input, code: 'stale', limit: 'P7D' })),
      { input: 'op.severity', code: 'not-allowed', limit: '1 | 2 | 4 | 8' },
    ])
  })
})

describe('propofol', () => {
  it('reads who is asleep; opioids and regimen are the plan', () => {
    const plan = { opioids: true, regimen: '2 mg/kg over 1 min, then 8 mg/kg/h for 60 min, then stop' }
    const { input, reasons } = chooseFor('anaes.eleveld-propofol-2018', twinWith(size), plan)
    expect(reasons).toEqual([])
    expect(input).toEqual({ age: 50, sex: 'female', weight_kg: 70, height_cm: 172, ...plan })
    expect(chooseFor('anaes.eleveld-propofol-2018', twinWith(size), { ...plan, regimen: 'plenty' }).reasons).toEqual([
      expect.objectContaining({ input: 'regimen', code: 'not-allowed' }),
    ])
  })
})

describe('warfarin by IWPC', () => {
  const choose = (...facts: Parameters<typeof twinWith>[0]) =>
    chooseFor('pgx.warfarin-iwpc-2009', twinWith([...size, ...facts]))

  it('takes genotypes as laboratories write them, and drugs that change the dose', () => {
    const { input, reasons } = choose(genotype('VKORC1', 'G/A'), genotype('CYP2C9', 'CYP2C9 *3/*1'), drug('703'))
    expect(reasons).toEqual([])
    expect(input).toEqual({
      age: 50,
      height_cm: 172,
      weight_kg: 70,
      vkorc1_1639: 'AG',
      cyp2c9: '*1/*3',
      race: 'missing',
      enzymeInducer: false,
      amiodarone: true,
    })
  })

  it('a gene that was never tested has a published term; an allele without one is refused', () => {
    expect(choose().input).toMatchObject({ vkorc1_1639: 'unknown', cyp2c9: 'unknown' })
    expect(choose(genotype('CYP2C9', '*1/*5')).reasons).toEqual([
      expect.objectContaining({ input: 'cyp2c9', code: 'not-allowed' }),
    ])
  })

  it.each([
    ['contradict each other', [genotype('CYP2C9', '*1/*2'), genotype('CYP2C9', '*1/*1', '2024-01-01')], 'conflicting'],
    ['are written in no known form', [genotype('CYP2C9', 'heterozygous')], 'value-not-understood'],
  ])('is refused for results that %s', (_, results, code) => {
    expect(choose(...results).reasons).toEqual([{ input: 'cyp2c9', code }])
  })
})

describe('CPIC phenotype', () => {
  const record = twinWith([genotype('CYP2C19', '*17/*2')])

  it('reads the genotype of the gene that was asked for', () => {
    const { input, model, inputs } = chooseFor('pgx.cpic-phenotype', record, { gene: 'CYP2C19' })
    expect(input).toEqual({ gene: 'CYP2C19', diplotype: '*2/*17' })
    expect(model.evaluate(input)).toEqual({ phenotype: 'Intermediate Metabolizer' })
    expect(inputs[1]).toMatchObject({ basis: 'recorded', parameters: ['gene'], sources: [{ value: '*17/*2' }] })
  })

  it.each([
    ['another gene', { gene: 'CYP2C9' }, [{ input: 'diplotype', code: 'missing' }]],
    [
      'no gene',
      {},
      [
        { input: 'gene', code: 'parameter-missing', of: 'gene' },
        { input: 'diplotype', code: 'parameter-missing', of: 'gene' },
      ],
    ],
  ])('is refused for %s', (_, stated, reasons) => {
    expect(chooseFor('pgx.cpic-phenotype', record, stated).reasons).toEqual(reasons)
  })

  it('a diplotype cannot be stated: that would override the record', () => {
    const model = findModel('pgx.cpic-phenotype')
    expect(() => requireDeclared(model, mappingOf(model.id), { diplotype: '*1/*1' })).toThrow(
      expect.objectContaining({ code: 'parameter-not-declared' }),
    )
  })
})
