/** Following references inside one bundle: https://hl7.org/fhir/R4/bundle.html#references */
import type { FhirResource, Reference } from 'fhir/r4.js'
import { isRefused, type BundleEntry, type CheckedBundle } from './bundle.js'

/** Finds entries by what others call them. One hop at a time: nothing here follows a chain, so circles are harmless. */
export class BundleReferences {
  private readonly byName = new Map<string, BundleEntry>()

  constructor(bundle: CheckedBundle) {
    for (const entry of bundle.entries) {
      if (isRefused(entry)) continue
      this.byName.set(entry.key, entry)
      if (entry.fullUrl !== undefined) this.byName.set(entry.fullUrl, entry)
    }
  }

  /** The entry that a literal reference means, by fullUrl or by `Type/id`; a version at the end is ignored. */
  entry(reference: Reference | undefined): BundleEntry | undefined {
    const literal = literalOf(reference)
    return literal === undefined ? undefined : this.byName.get(literal)
  }

  /** The resource that a reference means: contained in `from`, or an entry of the bundle. */
  resource(reference: Reference | undefined, from: FhirResource): FhirResource | undefined {
    const literal = literalOf(reference)
    if (literal?.startsWith('#')) return containedIn(from, literal.slice(1))
    return this.entry(reference)?.resource
  }
}

/** The literal reference without its version, or undefined. */
export function literalOf(reference: Reference | undefined): string | undefined {
  const literal = reference?.reference
  return typeof literal === 'string' ? literal.replace(/\/_history\/[^/]*$/, '') : undefined
}

function containedIn(resource: FhirResource, id: string): FhirResource | undefined {
  const contained = 'contained' in resource ? resource.contained : undefined
  return contained?.find((candidate) => candidate.id === id) as FhirResource | undefined
}
