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

function medication({ rxcui, name, doseMg }: Drug) {
  return concept(SYSTEM.rxnorm, rxcui, name, `${name} ${doseMg} mg`)
}

function dosage({ drug, since, until }: Therapy): Dosage {
  const { name, doseMg, perDay } = drug
  return {
    text: `${name} ${doseMg} mg, ${perDay === 1 ? 'once' : 'twice'} a day`,
    timing: {
      repeat: {
        ...(until === undefined ? {} : { boundsPeriod: { start: formatDay(since), end: formatDay(until) } }),
        frequency: perDay,
        period: 1,
        periodUnit: 'd',
      },
    },
    route: drug.class === 'antibiotic' ? ROUTE.intravenous : ROUTE.oral,
    doseAndRate: [{ doseQuantity: { value: doseMg, unit: 'mg', system: SYSTEM.ucum, code: 'mg' } }],
  }
}

const ROUTE = {
  oral: concept(SYSTEM.snomed, '26643006', 'Oral route'),
  intravenous: concept(SYSTEM.snomed, '47625008', 'Intravenous route'),
}
