/** Procedure (https://hl7.org/fhir/R4/procedure.html) → procedure fact. */
import type { Procedure as FhirProcedure } from 'fhir/r4.js'
import { preferredCoding, SNOMED_CT } from './coding.js'
import { factTime } from './fact-time.js'
import { hasModifier, uninterpretable, type Mapped, type MappingContext } from './mapped.js'

/** `not-done` and `entered-in-error` are kept as the status that was sent. */
export function mapProcedure(resource: FhirProcedure, { source }: MappingContext): Mapped {
  if (hasModifier(resource)) return uninterpretable('fhir-modifier-unknown', 'A modifier extension is not known.')
  const code = preferredCoding(resource.code, [SNOMED_CT])
  if (!code) return uninterpretable('fhir-not-coded', 'The procedure is not coded.', 'Procedure.code')
  const performed = factTime(resource.performedDateTime, resource.performedPeriod)
  return {
    fact: { kind: 'procedure', code, status: resource.status, ...(performed && { performed }), source },
  }
}
