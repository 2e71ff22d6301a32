import { describe, expect, it } from '@jest/globals'
import { isResourceType, validateResource } from '../../../src/interop/fhir/validate-resource.js'
import { cholesterol, patient } from './support/bundles.js'

describe('a valid resource', () => {
  it.each([patient(), cholesterol()])('has no issues: %#', (resource) => {
    expect(validateResource(resource)).toEqual([])
  })

  it('may use extensions on primitive elements', () => {
    const unknownDay = { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }
    const resource = { ...patient({ birthDate: undefined }), _birthDate: { extension: [unknownDay] } }
    delete resource.birthDate
    expect(validateResource(resource)).toEqual([])
  })

  it('may refer to others conditionally', () => {
    const performer = [{ reference: 'Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9999' }]
    expect(validateResource({ ...cholesterol(), performer } as never)).toEqual([])
  })
})

describe('an invalid resource', () => {
  const broken: [what: string, resource: object, code: string, path: string][] = [
    ['a missing element', { ...cholesterol(), status: undefined }, 'structure', 'Observation.status'],
    ['a code outside a required value set', { ...cholesterol(), status: 'done' }, 'code-invalid', 'Observation.status'],
    ['an unknown element', { ...cholesterol(), colour: 'red' }, 'structure', 'Observation.colour'],
    ['a wrong type', { ...patient(), birthDate: 1961 }, 'structure', 'Patient.birthDate'],
    ['a malformed date', { ...patient(), birthDate: '01/04/1961' }, 'structure', 'Patient.birthDate'],
    ['a list where there is one', { ...patient(), gender: ['female'] }, 'structure', 'Patient.gender'],
    ['one where there is a list', { ...patient(), name: { family: 'X' } }, 'structure', 'Patient.name'],
    ['a broken invariant', { ...cholesterol(), dataAbsentReason: { text: 'lost' } }, 'invariant', 'Observation'],
    ['an empty object', { ...cholesterol(), code: { text: {} } }, 'structure', 'Observation.code.text'],
    ['an empty list', { ...patient(), name: [] }, 'structure', 'Patient.name'],
    ['an empty text', { ...patient(), birthDate: '' }, 'structure', 'Patient.birthDate'],
    ['a null', { ...patient(), gender: null }, 'structure', 'Patient.gender'],
  ]
  it.each(broken)('has an issue for %s', (_what, resource, code, path) => {
    const issues = validateResource(JSON.parse(JSON.stringify(resource)) as never)
    expect(issues).toContainEqual(expect.objectContaining({ severity: 'error', code, expression: path }))
  })

  it('is described without the values it holds', () => {
    const secret = 'Kowalczyk'
    const resource = { ...patient(), gender: secret, [`x${secret}`]: secret, birthDate: secret }
    const { gender, birthDate } = resource
    const texts = [
      { ...patient(), gender },
      { ...patient(), birthDate },
    ].flatMap((one) => validateResource(one as never))
    expect(texts).toHaveLength(2)
    expect(JSON.stringify(texts)).not.toContain(secret)
  })
})

describe('resource types', () => {
  it('are those of R4, without abstract ones', () => {
    expect(['Patient', 'Observation', 'ImagingStudy'].every(isResourceType)).toBe(true)
    expect(['DomainResource', 'Resource', 'Elephant', '', undefined, {}].some(isResourceType)).toBe(false)
  })
})
