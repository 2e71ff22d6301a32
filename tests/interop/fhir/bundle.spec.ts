import { describe, expect, it } from '@jest/globals'
import { checkBundle, isRefused } from '../../../src/interop/fhir/bundle.js'
import { DEFAULT_LIMITS } from '../../../src/interop/fhir/json-guard.js'
import { cholesterol, entry, patient, PATIENT_URL, transaction, uuid } from './support/bundles.js'

/** The refusal codes of a bundle's entries; null for those that stand. */
function refusalsOf(document: unknown): (string | null)[] {
  return checkBundle(document, DEFAULT_LIMITS).entries.map((checked) =>
    isRefused(checked) ? (checked.refusal.issues[0]?.detail ?? '') : null,
  )
}

const withRequest = (request: object) => ({ ...transaction(), entry: [{ ...entry(patient()), request }] })

describe('a bundle as a whole', () => {
  it.each([
    ['no object', [], 'fhir-not-a-bundle'],
    ['another resource', { resourceType: 'Patient' }, 'fhir-not-a-bundle'],
    ['a searchset', { resourceType: 'Bundle', type: 'searchset', entry: [] }, 'fhir-bundle-type-unsupported'],
    ['no type', { resourceType: 'Bundle', entry: [] }, 'fhir-bundle-type-unsupported'],
    ['no entry', { resourceType: 'Bundle', type: 'batch' }, 'fhir-bundle-empty'],
    ['an entry that is no array', { resourceType: 'Bundle', type: 'batch', entry: {} }, 'fhir-bundle-malformed'],
  ])('is refused when it is %s', (_what, document, code) => {
    expect(() => checkBundle(document, DEFAULT_LIMITS)).toThrow(expect.objectContaining({ code }))
  })

  it('is refused when it has more entries than allowed', () => {
    const bundle = transaction(patient(), cholesterol())
    expect(() => checkBundle(bundle, { ...DEFAULT_LIMITS, maxEntries: 1 })).toThrow(
      expect.objectContaining({ code: 'fhir-bundle-too-large', details: { limit: 1 } }),
    )
  })
})

describe('an entry', () => {
  it('stands when it is POSTed under its type or PUT under its id', () => {
    const put = entry(cholesterol(), { request: { method: 'PUT', url: `Observation/${uuid('b')}` } })
    expect(refusalsOf(transaction(patient(), { entry: put }))).toEqual([null, null])
  })

  it.each([
    ['no object', null, 'fhir-entry-malformed'],
    ['without a request', { resource: patient() }, 'fhir-entry-malformed'],
    ['without a resource', { request: { method: 'POST', url: 'Patient' } }, 'fhir-entry-malformed'],
    ['a relative fullUrl', { ...entry(patient()), fullUrl: 'Patient/1' }, 'fhir-entry-malformed'],
    ['a fullUrl that is no text', { ...entry(patient()), fullUrl: { a: 1 } }, 'fhir-entry-malformed'],
  ])('is refused when it is %s', (_what, broken, code) => {
    expect(refusalsOf({ ...transaction(), entry: [broken] })).toEqual([code])
  })

  it.each([
    [{ method: 'DELETE', url: `Patient/${uuid('a')}` }, 'fhir-method-unsupported'],
    [{ method: 'GET', url: 'Patient' }, 'fhir-method-unsupported'],
    [{ method: 'POST', url: 'Observation' }, 'fhir-request-url-mismatch'],
    [{ method: 'PUT', url: `Patient/${uuid('c')}` }, 'fhir-request-url-mismatch'],
    [{ method: 'PUT', url: 'Patient?identifier=1' }, 'fhir-condition-unsupported'],
    [{ method: 'PUT', url: `Patient/${uuid('a')}`, ifMatch: 'W/"1"' }, 'fhir-condition-unsupported'],
    [{ method: 'POST' }, 'fhir-request-url-mismatch'],
  ])('is refused with the request %j', (request, code) => {
    expect(refusalsOf(withRequest(request))).toEqual([code])
  })

  it('is refused together with every other that has its fullUrl', () => {
    const twice = entry(cholesterol({ id: uuid('c') }), { fullUrl: PATIENT_URL })
    expect(refusalsOf(transaction(patient(), { entry: twice }, cholesterol()))).toEqual([
      'fhir-entry-duplicate',
      'fhir-entry-duplicate',
      null,
    ])
  })

  it('is refused together with every other that has its type and id', () => {
    const again = entry(cholesterol(), { fullUrl: `urn:uuid:${uuid('c')}` })
    expect(refusalsOf(transaction(cholesterol(), { entry: again }))).toEqual([
      'fhir-entry-duplicate',
      'fhir-entry-duplicate',
    ])
  })

  it('is known by its identifier when it has no id, and by its fullUrl when it has neither', () => {
    const named = { ...cholesterol(), id: undefined, identifier: [{ system: 'urn:lab', value: '7' }] }
    const bare = { ...cholesterol(), id: undefined }
    const url = `urn:uuid:${uuid('d')}`
    const request = { method: 'POST', url: 'Observation' }
    const bundle = {
      ...transaction(),
      entry: [
        { resource: named, request },
        { resource: bare, fullUrl: url, request },
      ],
    }
    const keys = checkBundle(bundle, DEFAULT_LIMITS).entries.map((checked) => !isRefused(checked) && checked.key)
    expect(keys).toEqual(['Observation/["urn:lab","7"]', `Observation/${url}`])
  })

  it('is refused when nothing tells what it is known by', () => {
    const bare = { resource: { ...cholesterol(), id: undefined }, request: { method: 'POST', url: 'Observation' } }
    expect(refusalsOf({ ...transaction(), entry: [bare] })).toEqual(['fhir-entry-malformed'])
  })
})
