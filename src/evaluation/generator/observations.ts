import type { CodeableConcept, Observation, ObservationComponent, Quantity } from 'fhir/r4.js'
import { type Reporting, VITAL_SIGN, type VitalSignKey } from './analytes.js'
import type { VisitMeasurements } from './measurements.js'
import type { Person } from './person.js'
import type { Attendance, Chart } from './record.js'
import { BIRTH_SEX, CODE, loinc, SMOKING, SOCIAL_HISTORY, SYSTEM, VITAL_SIGNS } from './terminology.js'

/** When results appear after the sample or the measurement, minutes. */
const ISSUE_DELAY = { bedside: 5, laboratory: 180 } as const

/** Where and when an observation was made, and how soon it was published. */
export interface Setting extends Attendance {
  delay: keyof typeof ISSUE_DELAY
}

export function quantity(value: number, { unit }: Pick<Reporting, 'unit'>): Quantity {
  return { value, unit, system: SYSTEM.ucum, code: unit }
}

/** An Observation without its value. */
export function observation(
  chart: Chart,
  { visit, encounter, delay }: Setting,
  category: CodeableConcept,
  code: CodeableConcept,
): Observation {
  return {
    resourceType: 'Observation',
    id: chart.newId(),
    status: 'final',
    category: [category],
    code,
    subject: chart.subject,
    encounter,
    effectiveDateTime: chart.at(visit.day, visit.minute),
    issued: chart.at(visit.day, visit.minute + ISSUE_DELAY[delay]),
    performer: [chart.organization],
  }
}

/** Blood pressure as one Observation with two components, every other vital sign on its own. */
export function vitalSigns(chart: Chart, attendance: Attendance, { values }: VisitMeasurements): Observation[] {
  const setting: Setting = { ...attendance, delay: 'bedside' }
  const component = (code: CodeableConcept, key: VitalSignKey): ObservationComponent => ({
    code,
    valueQuantity: quantity(values[key] as number, VITAL_SIGN[key]),
  })
  const single = (key: VitalSignKey): Observation => ({
    ...observation(chart, setting, VITAL_SIGNS, loinc(VITAL_SIGN[key].code, VITAL_SIGN[key].display)),
    valueQuantity: quantity(values[key] as number, VITAL_SIGN[key]),
  })
  return [
    {
      ...observation(chart, setting, VITAL_SIGNS, CODE.bloodPressure),
      component: [component(CODE.systolic, 'systolic'), component(CODE.diastolic, 'diastolic')],
    },
    ...(['heartRate', 'height', 'weight', 'bmi'] as const).map(single),
  ]
}

export function smokingStatus(chart: Chart, attendance: Attendance, person: Person): Observation {
  return {
    ...observation(chart, { ...attendance, delay: 'bedside' }, SOCIAL_HISTORY, CODE.smokingStatus),
    valueCodeableConcept: SMOKING[person.smoking],
  }
}

/** Recorded once, at the first visit. */
export function birthSex(chart: Chart, attendance: Attendance, person: Person): Observation {
  return {
    ...observation(chart, { ...attendance, delay: 'bedside' }, SOCIAL_HISTORY, CODE.birthSex),
    valueCodeableConcept: BIRTH_SEX[person.sex],
  }
}
