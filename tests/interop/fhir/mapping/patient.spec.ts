import { describe, expect, it } from '@jest/globals'
import { mapPatient } from '../../../../src/interop/fhir/mapping/patient.js'
import { patient } from '../support/bundles.js'

const source = { system: 'test-hospital', resourceType: 'Patient', resourceId: '1' }
const map = (changes: Parameters<typeof patient>[0]) => mapPatient(patient(changes), 'Patient/1', source)

describe('a patient', () => {
  it('gives demographics with a partial date of birth', () => {
    const name = [{ use: 'official' as const, family: 'Treviño', given: ['José', 'Eduardo'] }]
    expect(map({ name, deceasedDateTime: '2021-03' }).demographics).toEqual({
      name: { family: 'Treviño', given: ['José', 'Eduardo'] },
      sex: 'female',
      birthDate: '1961-04',
      deceased: '2021-03',
      source,
    })
  })

  it('goes by the official name, else the usual, and by a former one only when there is no other', () => {
    const maiden = { use: 'maiden' as const, family: 'Tillman' }
    const official = { use: 'official' as const, family: 'Davis' }
    const usual = { use: 'usual' as const, family: 'D.' }
    expect(map({ name: [maiden, usual, official] }).demographics.name).toEqual({ family: 'Davis' })
    expect(map({ name: [maiden, usual] }).demographics.name).toEqual({ family: 'D.' })
    expect(map({ name: [maiden] }).demographics.name).toEqual({ family: 'Tillman' })
  })

  it('keeps contact details apart, without what is not needed', () => {
    const address = [{ line: ['1 Main St'], city: 'Boston', country: 'US', extension: [{ url: 'urn:geo' }] }]
    expect(map({ telecom: [{ system: 'phone', value: '555', use: 'home' }], address }).contact).toEqual({
      telecom: [{ system: 'phone', value: '555', use: 'home' }],
      address: [{ line: ['1 Main St'], city: 'Boston', country: 'US' }],
      source,
    })
    expect(map({})).not.toHaveProperty('contact')
  })

  it('is identified by the identifiers in use that have a system, each once', () => {
    const mrn = { system: 'urn:mrn', value: '7' }
    const identifier = [mrn, { value: 'no system' }, { ...mrn }, { system: 'urn:old', value: '1', use: 'old' as const }]
    expect(map({ identifier }).identifiers).toEqual([mrn])
  })

  it("without any is identified by the sender's own id", () => {
    expect(map({ identifier: [] }).identifiers).toEqual([
      { system: 'urn:twin-ledger:sender:test-hospital', value: '1' },
    ])
  })
})
