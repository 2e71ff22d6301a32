import type { FhirResource } from 'fhir/r4.js'
import type { Mapped, MappingContext } from '../../../../src/interop/fhir/mapping/mapped.js'
import type { ClinicalFact } from '../../../../src/twins/facts.js'

export const source = { system: 'test-hospital', resourceType: 'Observation', resourceId: '1' }

/** A context in which nothing else was sent. */
export const mappingContext: MappingContext = { source, resource: () => undefined, key: () => undefined }

/** A context in which every reference leads to this resource. */
export function contextWith(resource: FhirResource): MappingContext {
  return { ...mappingContext, resource: () => resource }
}

export function factOf(mapped: Mapped): ClinicalFact {
  if ('fact' in mapped) return mapped.fact
  throw new Error(`Not interpreted: ${mapped.uninterpretable.detail}`)
}

/** Why the resource was only kept as evidence; null when it was interpreted. */
export function noteOf(mapped: Mapped): string | null {
  return 'fact' in mapped ? null : mapped.uninterpretable.detail
}
