/** A recorded fact as the FHIR R4 resource (https://hl7.org/fhir/R4) it came as, or could have come as. */
import type { CodeableConcept, FhirResource, Observation, Quantity as FhirQuantity } from 'fhir/r4.js'
import type { ClinicalFact, Coding, FactTime, Observation as ObservationFact, Quantity } from '../../twins/facts.js'

const UCUM = 'http://unitsofmeasure.org'
const LOINC = 'http://loinc.org'

/** @param id event id of the fact, which names the resource; null for what is no fact of its own (evidence kept by digest) */
export function resourceOf(id: string, subject: string, fact: ClinicalFact): FhirResource | null {
  const person = { reference: `urn:uuid:${subject}` }
  switch (fact.kind) {
    case 'observation':
      return { ...observation(fact), id, subject: person }
    case 'genotype':
      return {
        resourceType: 'Observation',
        id,
        status: 'final',
        subject: person,
        code: loinc('84413-4', 'Genotype display name'),
        valueCodeableConcept: { text: fact.genotype },
        component: [{ code: loinc('48018-6', 'Gene studied [ID]'), valueCodeableConcept: { text: fact.gene } }],
        ...timed('effective', fact.effective),
      }
    case 'condition':
      return {
        resourceType: 'Condition',
        id,
        subject: person,
        code: concept(fact.code),
        ...(fact.clinicalStatus !== undefined && { clinicalStatus: status('condition-clinical', fact.clinicalStatus) }),
        ...(fact.verificationStatus !== undefined && {
          verificationStatus: status('condition-ver-status', fact.verificationStatus),
        }),
        ...timed('onset', fact.onset),
        ...timed('abatement', fact.abated),
      }
    case 'medication':
      return {
        resourceType: 'MedicationStatement',
        id,
        subject: person,
        status: fact.status as 'active',
        medicationCodeableConcept: concept(fact.code),
        ...(fact.dosage !== undefined && { dosage: [{ text: fact.dosage }] }),
        ...timed('effective', fact.period),
      }
    case 'procedure':
      return {
        resourceType: 'Procedure',
        id,
        subject: person,
        status: fact.status as 'completed',
        code: concept(fact.code),
        ...timed('performed', fact.performed),
      }
    case 'report':
      return {
        resourceType: 'DiagnosticReport',
        id,
        subject: person,
        status: fact.status as 'final',
        code: concept(fact.code),
        result: fact.results.map((result) => ({ reference: `urn:uuid:${result}` })),
        ...(fact.conclusion !== undefined && { conclusion: fact.conclusion }),
        ...timed('effective', fact.effective),
      }
    case 'evidence':
      return null
  }
}

function observation(fact: ObservationFact): Observation {
  return {
    resourceType: 'Observation',
    status: fact.status as 'final',
    code: concept(fact.code),
    ...valueOf(fact),
    ...(fact.boolean !== undefined && { valueBoolean: fact.boolean }),
    ...(fact.components && {
      component: fact.components.map((component) => ({ code: concept(component.code), ...valueOf(component) })),
    }),
    ...timed('effective', fact.effective),
  }
}

function valueOf({ quantity, coded, text, absent }: Pick<ObservationFact, 'quantity' | 'coded' | 'text' | 'absent'>) {
  return {
    ...(quantity && { valueQuantity: quantityOf(quantity) }),
    ...(coded && { valueCodeableConcept: concept(coded) }),
    ...(text !== undefined && { valueString: text }),
    ...(absent !== undefined && { dataAbsentReason: status('data-absent-reason', absent) }),
  }
}

const quantityOf = ({ value, unit, comparator }: Quantity): FhirQuantity => ({
  value,
  unit,
  system: UCUM,
  code: unit,
  ...(comparator && { comparator }),
})

const concept = (coding: Coding): CodeableConcept => ({
  coding: [coding],
  ...(coding.display && { text: coding.display }),
})

const loinc = (code: string, display: string): CodeableConcept => concept({ system: LOINC, code, display })

const status = (list: string, code: string): CodeableConcept => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${list}`, code }],
})

/** `<name>DateTime`, or `<name>Period` where there is an end. */
function timed<Name extends string>(name: Name, time: FactTime | undefined): object {
  if (!time) return {}
  return time.until === undefined
    ? { [`${name}DateTime`]: time.at }
    : { [`${name}Period`]: { start: time.at, end: time.until } }
}
