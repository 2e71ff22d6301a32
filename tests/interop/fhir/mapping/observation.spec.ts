import { describe, expect, it } from '@jest/globals'
import type { Observation as FhirObservation } from 'fhir/r4.js'
import { mapObservation } from '../../../../src/interop/fhir/mapping/observation.js'
import { cholesterol } from '../support/bundles.js'
import { factOf, noteOf, mappingContext, source } from './mapping-context.js'

const LOINC = 'http://loinc.org'
const map = (changes: Partial<FhirObservation>) => mapObservation(cholesterol(changes), mappingContext)
const without = (element: keyof FhirObservation, changes: Partial<FhirObservation> = {}) => {
  const { [element]: _left, ...rest } = cholesterol(changes)
  return mapObservation(rest as FhirObservation, mappingContext)
}

describe('an observation', () => {
  it('keeps code, value, unit, status, category and time', () => {
    const category = [{ coding: [{ system: 'http://terminology.hl7.org/…', code: 'laboratory' }] }]
    expect(factOf(map({ category }))).toEqual({
      kind: 'observation',
      code: { system: LOINC, code: '2093-3', display: 'Cholesterol' },
      quantity: { value: 213, unit: 'mg/dL' },
      status: 'final',
      category: 'laboratory',
      effective: { at: '2024-03-01T08:00:00Z' },
      source,
    })
  })

  it('keeps partial dates and periods as they are', () => {
    expect(factOf(map({ effectiveDateTime: '2019' }))).toMatchObject({ effective: { at: '2019' } })
    const effectivePeriod = { start: '2019-04', end: '2019-05' }
    expect(factOf(without('effectiveDateTime', { effectivePeriod }))).toMatchObject({
      effective: { at: '2019-04', until: '2019-05' },
    })
  })

  it('entered in error is kept with that status', () => {
    expect(factOf(map({ status: 'entered-in-error' }))).toMatchObject({ status: 'entered-in-error' })
  })

  it('prefers LOINC among its codings, wherever it stands', () => {
    const local = { system: 'urn:local', code: 'CHOL', userSelected: true }
    const coding = [local, { system: LOINC, code: '2093-3' }]
    expect(factOf(map({ code: { coding } }))).toMatchObject({ code: { system: LOINC, code: '2093-3' } })
    expect(factOf(map({ code: { coding: [local] } }))).toMatchObject({ code: { system: 'urn:local', code: 'CHOL' } })
  })

  const values: [Partial<FhirObservation>, object][] = [
    [
      { valueCodeableConcept: { coding: [{ system: LOINC, code: 'LA18976-3' }] } },
      { coded: { system: LOINC, code: 'LA18976-3' } },
    ],
    [{ valueCodeableConcept: { text: 'former smoker' } }, { text: 'former smoker' }],
    [{ valueString: 'heterosexual' }, { text: 'heterosexual' }],
    [{ valueBoolean: false }, { boolean: false }],
    [{ valueInteger: 3 }, { quantity: { value: 3, unit: '1' } }],
    [{ valueDateTime: '2024-02' }, { text: '2024-02' }],
    [{ dataAbsentReason: { coding: [{ system: 'x', code: 'not-performed' }] } }, { absent: 'not-performed' }],
    [{ hasMember: [{ reference: 'Observation/1' }] }, { absent: 'not-applicable' }],
    [{}, { absent: 'unknown' }],
  ]
  it.each(values)('with %j becomes %j', (sent, expected) => {
    expect(factOf(without('valueQuantity', sent))).toMatchObject(expected)
  })

  it.each([
    ['a range', { valueRange: { low: { value: 1 } } }],
    ['a ratio', { valueRatio: { numerator: { value: 1 } } }],
    ['a period', { valuePeriod: { start: '2024' } }],
  ])('whose value is %s is kept as evidence', (_what, value) => {
    expect(noteOf(without('valueQuantity', value))).toBe('fhir-value-unsupported')
  })

  it.each([
    ['no coded name', { code: { text: 'Cholesterol' } }, 'fhir-not-coded'],
    ['a code without system', { code: { coding: [{ code: '2093-3' }] } }, 'fhir-not-coded'],
    ['a focus that is not the patient', { focus: [{ reference: 'Device/1' }] }, 'fhir-focus-elsewhere'],
    ['an unknown modifier extension', { modifierExtension: [{ url: 'urn:x' }] }, 'fhir-modifier-unknown'],
  ])('with %s is kept as evidence', (_what, changes, note) => {
    expect(noteOf(map(changes))).toBe(note)
  })
})

describe('units', () => {
  const UCUM = 'http://unitsofmeasure.org'
  it.each([
    ['a UCUM code stays', { value: 1, unit: 'mmHg', system: UCUM, code: 'mm[Hg]' }, { value: 1, unit: 'mm[Hg]' }],
    ['red cell width in fL stays fL', { value: 43, system: UCUM, code: 'fL' }, { value: 43, unit: 'fL' }],
    [
      'declared UCUM that is none stays as declared',
      { value: 1, system: UCUM, code: '(score)' },
      { value: 1, unit: '(score)' },
    ],
    [
      'an undeclared unit that reads as UCUM',
      { value: 1, unit: 'mg/dL' },
      { value: 1, unit: 'mg/dL', unitAsSent: 'mg/dL' },
    ],
    ['a unit nobody can read', { value: 1, unit: 'UMOLL' }, { value: 1, unit: '', unitAsSent: 'UMOLL' }],
    ['no unit', { value: 1 }, { value: 1, unit: '' }],
    [
      'a comparator',
      { value: 3, comparator: '<' as const, system: UCUM, code: 'mg/L' },
      { value: 3, comparator: '<', unit: 'mg/L' },
    ],
  ])('%s', (_what, valueQuantity, quantity) => {
    expect(factOf(map({ valueQuantity }))).toMatchObject({ quantity })
  })

  it('a quantity without a value is absent', () => {
    expect(factOf(map({ valueQuantity: { unit: 'mg/dL' } }))).toMatchObject({ absent: 'unknown' })
  })
})

describe('components', () => {
  const pressure = (code: string, value: number) => ({
    code: { coding: [{ system: LOINC, code }] },
    valueQuantity: { value, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
  })

  it('carry blood pressure', () => {
    const component = [pressure('8480-6', 131), pressure('8462-4', 84)]
    const fact = factOf(without('valueQuantity', { component }))
    expect(fact).toMatchObject({
      components: [
        { code: { code: '8480-6' }, quantity: { value: 131, unit: 'mm[Hg]' } },
        { code: { code: '8462-4' }, quantity: { value: 84, unit: 'mm[Hg]' } },
      ],
    })
    expect(fact).not.toHaveProperty('absent')
  })

  it('say why they have no value, and write booleans as text', () => {
    const code = { coding: [{ system: LOINC, code: '8480-6' }] }
    const component = [
      { code, dataAbsentReason: { coding: [{ code: 'error' }] } },
      { code },
      { code, valueBoolean: true },
    ]
    expect(factOf(without('valueQuantity', { component }))).toMatchObject({
      components: [{ absent: 'error' }, { absent: 'unknown' }, { text: 'true' }],
    })
  })

  it('that cannot be expressed send the whole observation to evidence', () => {
    const component = [{ code: { text: 'uncoded' }, valueString: 'x' }]
    expect(noteOf(without('valueQuantity', { component }))).toBe('fhir-value-unsupported')
  })
})

describe('genotypes', () => {
  const hgnc = { coding: [{ system: 'http://www.genenames.org/geneId', code: 'HGNC:2621', display: 'CYP2C19' }] }
  const code = (loinc: string) => ({ coding: [{ system: LOINC, code: loinc }] })
  const expected = {
    kind: 'genotype',
    gene: 'CYP2C19',
    genotype: '*1/*2',
    effective: { at: '2024-03-01T08:00:00Z' },
    source,
  }

  const shapes: [string, Partial<FhirObservation>][] = [
    [
      'the genotype as value, the gene as component',
      {
        code: code('84413-4'),
        valueCodeableConcept: { text: '*1/*2' },
        component: [{ code: code('48018-6'), valueCodeableConcept: hgnc }],
      },
    ],
    [
      'the gene as value, the genotype as component',
      {
        code: code('48018-6'),
        valueCodeableConcept: hgnc,
        component: [{ code: code('84413-4'), valueString: '*1/*2' }],
      },
    ],
    [
      'both as components',
      {
        code: code('81247-9'),
        component: [
          { code: code('48018-6'), valueCodeableConcept: { text: 'CYP2C19' } },
          {
            code: code('84413-4'),
            valueCodeableConcept: { coding: [{ system: 'urn:x', code: 'c', display: '*1/*2' }] },
          },
        ],
      },
    ],
  ]
  it.each(shapes)('are read with %s', (_what, changes) => {
    expect(factOf(without('valueQuantity', changes))).toEqual(expected)
  })

  it.each(['entered-in-error', 'cancelled', 'preliminary'] as const)('that are %s stay observations', (status) => {
    const changes = { ...shapes[0]?.[1], status }
    expect(factOf(without('valueQuantity', changes))).toMatchObject({ kind: 'observation', status })
  })

  it('without a gene stay observations', () => {
    const changes = { code: code('84413-4'), valueString: '*1/*2' }
    expect(factOf(without('valueQuantity', changes))).toMatchObject({ kind: 'observation', text: '*1/*2' })
  })
})
