/** Observation (https://hl7.org/fhir/R4/observation.html) → observation fact, or genotype. */
import type { Observation as FhirObservation, ObservationComponent as FhirComponent } from 'fhir/r4.js'
import type { Observation, ObservationComponent } from '../../../twins/facts.js'
import { firstCode, LOINC, preferredCoding, SNOMED_CT } from './coding.js'
import { factTime } from './fact-time.js'
import { toGenotype } from './genotype.js'
import { hasModifier, uninterpretable, type Mapped, type MappingContext } from './mapped.js'
import { toQuantity } from './quantity.js'

/** Codes of https://hl7.org/fhir/R4/valueset-data-absent-reason.html that stand in where the sender gave no reason. */
const UNKNOWN = 'unknown'
const NOT_APPLICABLE = 'not-applicable'

type Value = Pick<Observation, 'quantity' | 'coded' | 'text' | 'boolean'>

/** Statuses are kept as sent: an observation entered in error is recorded as that. */
export function mapObservation(resource: FhirObservation, { source }: MappingContext): Mapped {
  if (hasModifier(resource)) return uninterpretable('fhir-modifier-unknown', 'A modifier extension is not known.')
  if (resource.focus?.length) {
    return uninterpretable('fhir-focus-elsewhere', 'The observation is about something else.', 'Observation.focus')
  }
  const genotype = toGenotype(resource, source)
  if (genotype) return { fact: genotype }
  const code = preferredCoding(resource.code, [LOINC, SNOMED_CT])
  if (!code) return uninterpretable('fhir-not-coded', 'The observation has no coded name.', 'Observation.code')
  const value = valueOf(resource)
  if (value === 'inexpressible') {
    return uninterpretable('fhir-value-unsupported', 'No fact holds a value of this type.', 'Observation.value')
  }
  const components = toComponents(resource.component ?? [])
  if (components === 'inexpressible') {
    return uninterpretable('fhir-value-unsupported', 'A component cannot be expressed.', 'Observation.component')
  }
  const effective = factTime(resource.effectiveDateTime ?? resource.effectiveInstant, resource.effectivePeriod)
  const category = firstCode(resource.category?.[0])
  return {
    fact: {
      kind: 'observation',
      code,
      ...(value ?? absence(resource)),
      ...(components.length > 0 && { components }),
      status: resource.status,
      ...(category !== undefined && { category }),
      ...(effective && { effective }),
      source,
    },
  }
}

/** The value, undefined when there is none, or `inexpressible` for ranges, ratios, sampled data and periods. */
function valueOf(sent: FhirObservation | FhirComponent): Value | undefined | 'inexpressible' {
  if (sent.valueRange ?? sent.valueRatio ?? sent.valueSampledData ?? sent.valuePeriod) return 'inexpressible'
  const quantity = toQuantity(sent.valueQuantity)
  if (quantity) return { quantity }
  // UCUM's unit of a pure number.
  if (sent.valueInteger !== undefined) return { quantity: { value: sent.valueInteger, unit: '1' } }
  if (sent.valueBoolean !== undefined) return { boolean: sent.valueBoolean }
  const coded = preferredCoding(sent.valueCodeableConcept, [SNOMED_CT, LOINC])
  if (coded) return { coded }
  const text = sent.valueString ?? sent.valueCodeableConcept?.text ?? sent.valueDateTime ?? sent.valueTime
  return text === undefined ? undefined : { text }
}

/** Why there is no value. Components carry the values themselves; a panel that only groups others needs none. */
function absence(sent: FhirObservation): { absent?: string } {
  const reason = firstCode(sent.dataAbsentReason) ?? sent.dataAbsentReason?.text
  if (reason !== undefined) return { absent: reason }
  if (sent.component?.length) return {}
  return { absent: sent.hasMember?.length ? NOT_APPLICABLE : UNKNOWN }
}

function toComponents(sent: readonly FhirComponent[]): ObservationComponent[] | 'inexpressible' {
  const components: ObservationComponent[] = []
  for (const component of sent) {
    const code = preferredCoding(component.code, [LOINC, SNOMED_CT])
    const value = valueOf(component)
    if (!code || value === 'inexpressible') return 'inexpressible'
    components.push({ code, ...componentValue(component, value) })
  }
  return components
}

function componentValue(sent: FhirComponent, value: Value | undefined): Omit<ObservationComponent, 'code'> {
  if (!value) return { absent: firstCode(sent.dataAbsentReason) ?? sent.dataAbsentReason?.text ?? UNKNOWN }
  const { boolean, ...others } = value
  // A component holds no boolean of its own; FHIR's spelling of it is kept.
  return boolean === undefined ? others : { text: String(boolean) }
}
