/** What every mapping of this folder returns and gets. */
import type { FhirResource, Reference } from 'fhir/r4.js'
import type { ClinicalFact, FactSource } from '../../../twins/facts.js'
import { information, type Issue } from '../issue.js'

/** A fact, or the reason why the resource can only be kept as evidence: valid FHIR that no fact can express. */
export type Mapped = { fact: ClinicalFact } | { uninterpretable: Issue }

/** What a mapping may ask about the world outside its resource. */
export interface MappingContext {
  source: FactSource
  /** The resource meant by a reference, in the bundle or contained. */
  resource(reference: Reference | undefined): FhirResource | undefined
  /** The key of an entry of the same patient meant by a reference. */
  key(reference: Reference | undefined): string | undefined
}

export function uninterpretable(detail: string, why: string, expression?: string): Mapped {
  return { uninterpretable: information(detail, `${why} Kept as evidence by digest, not interpreted.`, expression) }
}

/**
 * A modifier extension that we do not know may turn the meaning of the resource around, and FHIR forbids to go on as if it
 * were not there (https://hl7.org/fhir/R4/extensibility.html#modifierExtension).
 */
export function hasModifier(resource: FhirResource): boolean {
  return 'modifierExtension' in resource && resource.modifierExtension !== undefined
}
