import type { Dosage, MedicationRequest, MedicationStatement } from 'fhir/r4.js'
import { formatDay } from './calendar.js'
import { DRUG, type Drug, type Therapy } from './therapies.js'
import type { Chart } from './record.js'
import { concept, SYSTEM } from './terminology.js'

/** A prescription for each therapy; what is bought without one is a statement of the patient. */
export function medicationResources(
  chart: Chart,
  therapies: readonly Therapy[],
): (MedicationRequest | MedicationStatement)[] {
  return therapies.map((therapy) =>
    therapy.drug === DRUG.aspirin ? statement(chart, therapy) : prescription(chart, therapy),
  )
}

function prescription(chart: Chart, { drug, since, until }: Therapy): MedicationRequest {
  return {
    resourceType: 'MedicationRequest',
    id: chart.newId(),
    status: until === undefined ? 'active' : 'completed',
    intent: 'order',
    medicationCodeableConcept: medication(drug),
    subject: chart.subject,
    authoredOn: chart.at(since, 10 * 60),
    requester: chart.organization,
    dosageInstruction: [dosage({ drug, since, until })],
  }
}

function statement(chart: Chart, therapy: Therapy): MedicationStatement {
  return {
    resourceType: 'MedicationStatement',
    id: chart.newId(),
    status: 'active',
    medicationCodeableConcept: medication(therapy.drug),
    subject: chart.subject,
    effectivePeriod: { start: formatDay(therapy.since) },
    dateAsserted: chart.at(therapy.since, 10 * 60),
    informationSource: chart.subject,
    dosage: [dosage(therapy)],
  }
}

export function medication({ rxcui, name, dose, unit = 'mg' }: Drug) {
  return concept(SYSTEM.rxnorm, rxcui, name, `${name} ${dose} ${PRINTED[unit]}`)
}

function dosage({ drug, since, until }: Therapy): Dosage {
  const { name, dose, unit = 'mg', perDay } = drug
  return {
    text: `${name} ${dose} ${PRINTED[unit]}, ${perDay === 1 ? 'once' : 'twice'} a day`,
    timing: {
      repeat: {
        ...(until === undefined ? {} : { boundsPeriod: { start: formatDay(since), end: formatDay(until) } }),
        frequency: perDay,
        period: 1,
        periodUnit: 'd',
      },
    },
    route: routeOf(drug),
    doseAndRate: [{ doseQuantity: { value: dose, unit: PRINTED[unit], system: SYSTEM.ucum, code: unit } }],
  }
}

/** As people write the unit. */
const PRINTED = { mg: 'mg', '[iU]': 'IU' } as const

export function routeOf(drug: Drug) {
  if (drug.unit === '[iU]') return ROUTE.subcutaneous
  return drug.class === 'antibiotic' ? ROUTE.intravenous : ROUTE.oral
}

const ROUTE = {
  oral: concept(SYSTEM.snomed, '26643006', 'Oral route'),
  subcutaneous: concept(SYSTEM.snomed, '34206005', 'Subcutaneous route'),
  intravenous: concept(SYSTEM.snomed, '47625008', 'Intravenous route'),
}
