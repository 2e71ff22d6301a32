import { describe, expect, it } from '@jest/globals'
import { policyOf, RESOURCE_POLICIES } from '../../../src/interop/fhir/resource-policy.js'
import { isResourceType } from '../../../src/interop/fhir/validate-resource.js'

describe('the policy table', () => {
  it('names only resource types that exist in R4', () => {
    expect([...RESOURCE_POLICIES.keys()].filter((type) => !isResourceType(type))).toEqual([])
  })

  it.each([
    ['Observation', { treatment: 'fact', about: 'subject' }],
    ['Immunization', { treatment: 'evidence', about: 'patient' }],
    ['CarePlan', { treatment: 'evidence', about: 'subject' }],
    ['Medication', expect.objectContaining({ treatment: 'supporting' })],
    ['Claim', expect.objectContaining({ treatment: 'ignored' })],
    ['Practitioner', expect.objectContaining({ treatment: 'ignored' })],
    ['StructureDefinition', expect.objectContaining({ treatment: 'ignored' })],
  ])('treats %s as said', (type, policy) => {
    expect(policyOf(type)).toEqual(policy)
  })
})
