/** Whose record an entry belongs to: the question that must never be answered wrongly. */
import type { FhirResource, Reference } from 'fhir/r4.js'
import type { BundleEntry } from './bundle.js'
import { information, refusal, type Issue, type Refusal } from './issue.js'
import { literalOf, type BundleReferences } from './references.js'
import { policyOf } from './resource-policy.js'

/** The Patient entry of the same bundle, or a twin that the sender knows from an earlier answer. */
export type Owner = { patient: BundleEntry } | { twin: string }

const TWIN = /^Patient\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/

/**
 * The patient that `entry` is about, named by the element `about`.
 *
 * @returns an issue when the resource is about no patient and may be ignored, a refusal when the patient cannot be told
 */
export function ownerOf(
  entry: BundleEntry,
  about: string,
  references: BundleReferences,
): { owner: Owner } | { ignored: Issue } | { refusal: Refusal } {
  const path = `${entry.resource.resourceType}.${about}`
  const reference = subjectOf(entry.resource, about)
  const named = references.entry(reference)
  if (named?.resource.resourceType === 'Patient') return { owner: { patient: named } }
  if (named) return { ignored: information('fhir-not-about-a-patient', 'Ignored: it is about no patient.', path) }
  if (reference === undefined) return withoutSubject(entry, path)
  const twin = TWIN.exec(literalOf(reference) ?? '')?.[1]
  if (twin !== undefined) return { owner: { twin } }
  const why = 'The patient is neither in the bundle nor named by the id of a twin.'
  return { refusal: refusal(422, 'not-found', 'fhir-patient-unknown', why, path) }
}

function withoutSubject(entry: BundleEntry, path: string): { ignored: Issue } | { refusal: Refusal } {
  if (policyOf(entry.resource.resourceType).treatment === 'evidence') {
    return { ignored: information('fhir-not-about-a-patient', 'Ignored: it is about no patient.', path) }
  }
  return { refusal: refusal(422, 'required', 'fhir-subject-missing', 'The patient is not named.', path) }
}

function subjectOf(resource: FhirResource, about: string): Reference | undefined {
  return (resource as unknown as Record<string, Reference | undefined>)[about]
}

/** The key of the owner, by which entries of one patient are told from those of another. */
export function ownerKey(owner: Owner): string {
  return 'twin' in owner ? `twin ${owner.twin}` : owner.patient.key
}

/** Every reference inside a resource, contained resources included. */
export function referencesIn(resource: object): Reference[] {
  const found: Reference[] = []
  const open: object[] = [resource]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if ('reference' in next && typeof next.reference === 'string') found.push(next as Reference)
    for (const member of Object.values(next) as unknown[]) {
      if (typeof member === 'object' && member !== null) open.push(member)
    }
  }
  return found
}
