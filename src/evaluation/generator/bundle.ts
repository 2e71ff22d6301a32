import type { Bundle, BundleEntry, FhirResource } from 'fhir/r4.js'
import { type PatientRecord, urn } from './record.js'
import { SYSTEM } from './terminology.js'

/**
 * The record as one FHIR R4 transaction: every resource is POSTed and refers to the others by urn:uuid
 * (https://hl7.org/fhir/R4/http.html#transaction). The hospital itself is created only where it is not known yet.
 */
export function transactionBundle(id: string, timestamp: string, record: PatientRecord): Bundle {
  return {
    resourceType: 'Bundle',
    id,
    type: 'transaction',
    timestamp,
    entry: [
      { ...post(record.organization), request: createOnce(record) },
      post(record.patient),
      ...record.encounters.map(post),
      ...record.conditions.map(post),
      ...record.medications.map(post),
      ...record.procedures.map(post),
      ...record.observations.map(post),
      ...record.reports.map(post),
    ],
  }
}

function post(resource: FhirResource): BundleEntry {
  return {
    fullUrl: urn(resource.id as string),
    resource,
    request: { method: 'POST', url: resource.resourceType },
  }
}

function createOnce({ organization }: PatientRecord): BundleEntry['request'] {
  const value = organization.identifier?.[0]?.value ?? ''
  return { method: 'POST', url: 'Organization', ifNoneExist: `identifier=${SYSTEM.organization}|${value}` }
}
