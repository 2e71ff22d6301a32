import { describe, expect, it } from '@jest/globals'
import type { DefectKind, GeneratedPatient } from '../../../src/evaluation/generator/index.js'
import { ofType, population, type Reading, readings, REFERENCE_DATE } from './support/population.js'

const people = population(240)
const today = Date.parse(`${REFERENCE_DATE}T23:59:59Z`)
const FIVE_YEARS = 5 * 365.25 * 86_400_000
const LIPIDS = ['2093-3', '14647-2', '2085-9', '14646-4', '2571-8', '14927-8']
const BIRTH_SEX: Record<string, string> = { 'LA2-8': 'male', 'LA3-6': 'female' }

const newest = (patient: GeneratedPatient, ...codes: string[]): Reading | undefined =>
  readings(patient).findLast(({ code }) => codes.includes(code))

/** How a reader of the bundle recognises each defect; written without the generator's help. */
const SIGN: Record<DefectKind, (patient: GeneratedPatient) => boolean> = {
  'hdl-missing': (patient) => newest(patient, '2085-9', '14646-4') === undefined,
  'labs-stale': (patient) => (newest(patient, ...LIPIDS)?.at ?? 0) < today - FIVE_YEARS,
  'value-implausible': (patient) => (newest(patient, '8480-6')?.quantity?.value ?? 0) > 300,
  'unit-wrong': (patient) =>
    readings(patient).some(({ quantity }) => quantity?.unit === 'mg/dL' && isCreatinine(patient, quantity.value)),
  'unit-missing': (patient) => readings(patient).some(({ quantity }) => quantity && quantity.code === undefined),
  'observation-duplicated': (patient) => hasDuplicate(patient),
  'date-in-future': (patient) => readings(patient).some(({ at }) => at > today),
  'sex-conflicting': (patient) =>
    ofType(patient, 'Observation').some(({ code, valueCodeableConcept }) => {
      if (code.coding?.[0]?.code !== '76689-9') return false
      return BIRTH_SEX[valueCodeableConcept?.coding?.[0]?.code ?? ''] !== ofType(patient, 'Patient')[0]?.gender
    }),
  'value-negative': (patient) => readings(patient).some(({ quantity }) => (quantity?.value ?? 0) < 0),
  'entered-in-error': (patient) => readings(patient).some(({ status }) => status === 'entered-in-error'),
  'data-absent': (patient) => readings(patient).some(({ observation }) => observation.dataAbsentReason !== undefined),
}
const KINDS = Object.keys(SIGN) as DefectKind[]

describe('bad and missing data', () => {
  it.each(KINDS)('%s is planted in some patient of every sixty', (kind) => {
    for (const start of [0, 60, 120, 180]) {
      const planted = people.slice(start, start + 60).filter(({ profile }) => profile.defects.includes(kind))
      expect(planted.length).toBeGreaterThanOrEqual(1)
    }
  })

  it.each(KINDS)('%s shows in exactly the patients declared to have it', (kind) => {
    const numbers = (patients: GeneratedPatient[]) => patients.map(({ profile }) => profile.number)
    expect(numbers(people.filter(SIGN[kind]))).toEqual(
      numbers(people.filter(({ profile }) => profile.defects.includes(kind))),
    )
  })

  it('never shows in a patient declared clean', () => {
    const clean = people.filter(({ profile }) => profile.defects.length === 0)
    expect(clean.length).toBeGreaterThan(150)
    expect(clean.flatMap((patient) => KINDS.filter((kind) => SIGN[kind](patient)))).toEqual([])
  })
})

describe('a missing result', () => {
  it('is not mentioned in any report', () => {
    const patient = people.find(({ profile }) => profile.defects.includes('hdl-missing')) as GeneratedPatient
    const known = new Set((patient.bundle.entry ?? []).map(({ fullUrl }) => fullUrl))
    const mentioned = ofType(patient, 'DiagnosticReport').flatMap(({ result }) => result ?? [])
    expect(mentioned.length).toBeGreaterThan(0)
    expect(mentioned.filter(({ reference }) => !known.has(reference))).toEqual([])
  })
})

/** Nobody's creatinine is above 20 mg/dL. */
function isCreatinine(patient: GeneratedPatient, value: number | undefined): boolean {
  return readings(patient).some(
    ({ code, quantity }) => code === '2160-0' && quantity?.value === value && (value ?? 0) > 20,
  )
}

function hasDuplicate(patient: GeneratedPatient): boolean {
  const facts = readings(patient).map(({ code, at, status, quantity, observation }) =>
    JSON.stringify([code, at, status, quantity, observation.valueCodeableConcept, observation.component]),
  )
  return new Set(facts).size < facts.length
}
