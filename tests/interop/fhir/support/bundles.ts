/** Small FHIR bundles for specifications. */
import type { Bundle, BundleEntry, FhirResource, Observation, Patient } from 'fhir/r4.js'

/** A valid UUID made of one repeated hexadecimal digit. */
export function uuid(digit: string): string {
  const of = (length: number) => digit.repeat(length)
  return `${of(8)}-${of(4)}-4${of(3)}-8${of(3)}-${of(12)}`
}

export const PATIENT_ID = uuid('a')
export const PATIENT_URL = `urn:uuid:${PATIENT_ID}`

export function patient(changes: Partial<Patient> = {}): Patient {
  return {
    resourceType: 'Patient',
    id: PATIENT_ID,
    identifier: [{ system: 'urn:oid:1.2.36.146.595.217.0.1', value: '12345' }],
    gender: 'female',
    birthDate: '1961-04',
    ...changes,
  }
}

/** Total cholesterol of 213 mg/dL. */
export function cholesterol(changes: Partial<Observation> = {}): Observation {
  return {
    resourceType: 'Observation',
    id: uuid('b'),
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '2093-3', display: 'Cholesterol' }] },
    subject: { reference: PATIENT_URL },
    effectiveDateTime: '2024-03-01T08:00:00Z',
    valueQuantity: { value: 213, unit: 'mg/dL', system: 'http://unitsofmeasure.org', code: 'mg/dL' },
    ...changes,
  }
}

export function entry(resource: FhirResource, changes: Partial<BundleEntry> = {}): BundleEntry {
  return {
    fullUrl: `urn:uuid:${resource.id}`,
    resource,
    request: { method: 'POST', url: resource.resourceType },
    ...changes,
  }
}

export function transaction(...resources: (FhirResource | { entry: BundleEntry })[]): Bundle {
  const entries = resources.map((one) =>
    'entry' in one && !('resourceType' in one) ? one.entry : entry(one as FhirResource),
  )
  return { resourceType: 'Bundle', type: 'transaction', entry: entries }
}

export function batch(...resources: FhirResource[]): Bundle {
  return { ...transaction(...resources), type: 'batch' }
}
