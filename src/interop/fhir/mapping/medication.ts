/** MedicationRequest, MedicationStatement and MedicationAdministration (https://hl7.org/fhir/R4/medications-module.html) → medication fact. */
import type {
  CodeableConcept,
  Dosage,
  MedicationAdministration,
  MedicationRequest,
  MedicationStatement,
} from 'fhir/r4.js'
import type { FactTime, Medication } from '../../../twins/facts.js'
import { preferredCoding, RXNORM, SNOMED_CT } from './coding.js'
import { factTime } from './fact-time.js'
import { hasModifier, uninterpretable, type Mapped, type MappingContext } from './mapped.js'
import { toQuantity } from './quantity.js'

/** Intents by which somebody ordered the drug; proposals, plans and options do not say that it is taken. */
const ORDERED = new Set(['order', 'original-order', 'reflex-order', 'filler-order', 'instance-order'])

export function mapMedicationRequest(resource: MedicationRequest, context: MappingContext): Mapped {
  if (hasModifier(resource)) return uninterpretable('fhir-modifier-unknown', 'A modifier extension is not known.')
  if (resource.doNotPerform === true) {
    return uninterpretable('fhir-not-ordered', 'The request says that the drug must not be given.')
  }
  if (!ORDERED.has(resource.intent)) {
    return uninterpretable('fhir-not-ordered', 'The request is no order.', 'MedicationRequest.intent')
  }
  const period = factTime(resource.authoredOn, resource.dispenseRequest?.validityPeriod)
  return toMedication('order', resource, resource.dosageInstruction, period, context)
}

export function mapMedicationStatement(resource: MedicationStatement, context: MappingContext): Mapped {
  if (hasModifier(resource)) return uninterpretable('fhir-modifier-unknown', 'A modifier extension is not known.')
  const period = factTime(resource.effectiveDateTime, resource.effectivePeriod)
  return toMedication('statement', resource, resource.dosage, period, context)
}

/** One dose as it was given; the period is that of the infusion. */
export function mapMedicationAdministration(resource: MedicationAdministration, context: MappingContext): Mapped {
  if (hasModifier(resource)) return uninterpretable('fhir-modifier-unknown', 'A modifier extension is not known.')
  const { dosage, effectiveDateTime, effectivePeriod } = resource
  const dosages = dosage && [
    { ...(dosage.text !== undefined && { text: dosage.text }), doseAndRate: [{ doseQuantity: dosage.dose }] },
  ]
  return toMedication('administration', resource, dosages, factTime(effectiveDateTime, effectivePeriod), context)
}

type MedicationResource = MedicationRequest | MedicationStatement | MedicationAdministration

function toMedication(
  intent: Medication['intent'],
  resource: MedicationResource,
  dosages: readonly Pick<Dosage, 'text' | 'doseAndRate'>[] | undefined,
  period: FactTime | undefined,
  context: MappingContext,
): Mapped {
  const code = preferredCoding(drugOf(resource, context), [RXNORM, SNOMED_CT])
  if (!code) return uninterpretable('fhir-not-coded', 'The drug is not coded.', `${resource.resourceType}.medication`)
  const dosage = dosages?.map((one) => one.text).filter((text) => text !== undefined)
  const dose = toQuantity(dosages?.[0]?.doseAndRate?.[0]?.doseQuantity)
  return {
    fact: {
      kind: 'medication',
      code,
      intent,
      status: resource.status,
      ...(dosage?.length && { dosage: dosage.join('; ') }),
      ...(dose && { dose }),
      ...(period && { period }),
      source: context.source,
    },
  }
}

/** The drug is a concept, or a Medication resource contained or elsewhere in the bundle. */
function drugOf(resource: MedicationResource, context: MappingContext): CodeableConcept | undefined {
  if (resource.medicationCodeableConcept) return resource.medicationCodeableConcept
  const referred = context.resource(resource.medicationReference)
  return referred?.resourceType === 'Medication' ? referred.code : undefined
}
