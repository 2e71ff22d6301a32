/** Condition (https://hl7.org/fhir/R4/condition.html) → condition fact. */
import type { Condition as FhirCondition } from 'fhir/r4.js'
import { firstCode, ICD_10, ICD_10_CM, preferredCoding, SNOMED_CT } from './coding.js'
import { factTime } from './fact-time.js'
import { hasModifier, uninterpretable, type Mapped, type MappingContext } from './mapped.js'

/** Onset as age, range or text is left out: turning it into a date would be a guess. Statuses are kept as sent. */
export function mapCondition(resource: FhirCondition, { source }: MappingContext): Mapped {
  if (hasModifier(resource)) return uninterpretable('fhir-modifier-unknown', 'A modifier extension is not known.')
  const code = preferredCoding(resource.code, [SNOMED_CT, ICD_10_CM, ICD_10])
  if (!code) return uninterpretable('fhir-not-coded', 'The condition is not coded.', 'Condition.code')
  const clinicalStatus = firstCode(resource.clinicalStatus)
  const verificationStatus = firstCode(resource.verificationStatus)
  const onset = factTime(resource.onsetDateTime, resource.onsetPeriod)
  const abated = factTime(resource.abatementDateTime, resource.abatementPeriod)
  return {
    fact: {
      kind: 'condition',
      code,
      ...(clinicalStatus !== undefined && { clinicalStatus }),
      ...(verificationStatus !== undefined && { verificationStatus }),
      ...(onset && { onset }),
      ...(abated && { abated }),
      source,
    },
  }
}
