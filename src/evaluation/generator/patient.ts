import type { Encounter, Organization, Patient } from 'fhir/r4.js'
import { formatDay } from './calendar.js'
import { fictionalName } from './names.js'
import type { Person } from './person.js'
import type { Random } from './random.js'
import { type Attendance, type Chart, reference } from './record.js'
import { concept, SYSTEM } from './terminology.js'
import type { Visit } from './visits.js'

/** HL7's mark for data made up for tests. */
const TEST_DATA = { security: [{ system: SYSTEM.actReason, code: 'HTEST', display: 'test health data' }] }

/** Places on no map, in the country code ISO 3166 leaves to its users. */
const PLACES = ['Nowhere-on-Sea', 'Ebenda', 'Neverville', 'Þarna', 'Никуда-на-Реке', '未来町'] as const
const STREETS = ['Imaginary Lane', 'Platzhalterstraße', 'Rue du Modèle', 'ถนนตัวอย่าง'] as const

const VISIT_MINUTES = 25

export function organizationResource(chart: Chart): Organization {
  return {
    resourceType: 'Organization',
    id: chart.organizationId,
    identifier: [{ system: SYSTEM.organization, value: 'example-general' }],
    active: true,
    name: 'Example General Hospital (fictional)',
  }
}

export function patientResource(random: Random, chart: Chart, person: Person, mrn: string): Patient {
  const name = fictionalName(random, person.sex)
  return {
    resourceType: 'Patient',
    id: chart.patientId,
    meta: TEST_DATA,
    identifier: [
      {
        use: 'usual',
        type: concept(SYSTEM.identifierType, 'MR', 'Medical record number'),
        system: SYSTEM.mrn,
        value: mrn,
        assigner: chart.organization,
      },
    ],
    active: true,
    name: [name],
    telecom: [
      // 555-0100 to 555-0199 are kept for fiction, example.org for documentation (RFC 2606).
      { system: 'phone', value: `+1-202-555-01${String(random.integer(0, 99)).padStart(2, '0')}`, use: 'home' },
      { system: 'email', value: `${mrn.toLowerCase()}@example.org` },
    ],
    gender: person.sex,
    birthDate: formatDay(person.birth),
    address: [
      {
        use: 'home',
        line: [`${random.integer(1, 240)} ${random.pick(STREETS)}`],
        city: random.pick(PLACES),
        postalCode: `X${random.integer(10000, 99999)}`,
        country: 'ZZ',
      },
    ],
    managingOrganization: chart.organization,
  }
}

/** One ambulatory encounter a visit. */
export function encounterResources(
  chart: Chart,
  visits: readonly Visit[],
): { encounters: Encounter[]; attendances: Attendance[] } {
  const encounters = visits.map(({ day, minute }): Encounter => ({
    resourceType: 'Encounter',
    id: chart.newId(),
    status: 'finished',
    class: { system: SYSTEM.actCode, code: 'AMB', display: 'ambulatory' },
    subject: chart.subject,
    period: { start: chart.at(day, minute), end: chart.at(day, minute + VISIT_MINUTES) },
    serviceProvider: chart.organization,
  }))
  const attendances = visits.map((visit, index) => ({
    visit,
    encounter: reference((encounters[index] as Encounter).id as string),
  }))
  return { encounters, attendances }
}
