import type { CodeableConcept, MedicationAdministration, Observation } from 'fhir/r4.js'
import { ANALYTE, round, VITAL_SIGN } from './analytes.js'
import type { Day } from './calendar.js'
import { medication, routeOf } from './medications.js'
import { quantity } from './observations.js'
import type { Person } from './person.js'
import type { Operation } from './procedures.js'
import type { Random } from './random.js'
import type { Chart } from './record.js'
import { creatinineFromFiltration } from './renal.js'
import { LABORATORY, loinc, SYSTEM, VITAL_SIGNS } from './terminology.js'
import { DRUG, type Therapy } from './therapies.js'

const SHARE_OF_OPERATIONS = 0.35
const TROUGH = loinc('4092-3', 'Vancomycin [Mass/volume] in Serum or Plasma --trough')
const COURSE_DAYS = 7
/** Local times of the two infusions a day and of the blood sample before the first, minutes after midnight. */
const INFUSIONS = [8 * 60, 20 * 60]
const INFUSION_MINUTES = 60
const SAMPLE = 7 * 60 + 30

/** A wound infection treated with vancomycin, with the trough levels, mg/L, that guided it. */
export interface VancomycinCourse {
  therapy: Required<Therapy>
  troughs: { day: Day; level: number }[]
}

/** A week of vancomycin after some operations; the trough falls as the kidneys clear more. */
export function planCourses(random: Random, person: Person, operations: readonly Operation[]): VancomycinCourse[] {
  return operations
    .filter(() => random.chance(SHARE_OF_OPERATIONS))
    .map(({ day }) => {
      const since = day + random.integer(3, 9)
      const level = (18 * 70) / Math.max(person.filtration, 35)
      const troughs = [2, 5].map((dayOfCourse) => ({
        day: since + dayOfCourse,
        level: Number((level * random.between(0.8, 1.2)).toFixed(1)),
      }))
      return { therapy: { drug: DRUG.vancomycin, since, until: since + COURSE_DAYS }, troughs }
    })
}

/** Every infusion as it was given, the weight at the start, and creatinine with each level, as dosing asks for. */
export function vancomycinResources(
  chart: Chart,
  person: Person,
  { therapy: { drug, since, until }, troughs }: VancomycinCourse,
): { given: MedicationAdministration[]; observations: Observation[] } {
  const days = Array.from({ length: until - since }, (_, index) => since + index)
  const given = days.flatMap((day) =>
    INFUSIONS.map((minute): MedicationAdministration => ({
      resourceType: 'MedicationAdministration',
      id: chart.newId(),
      status: 'completed',
      medicationCodeableConcept: medication(drug),
      subject: chart.subject,
      effectivePeriod: { start: chart.at(day, minute), end: chart.at(day, minute + INFUSION_MINUTES) },
      dosage: { route: routeOf(drug), dose: { value: drug.dose, unit: 'mg', system: SYSTEM.ucum, code: 'mg' } },
    })),
  )
  const metres = person.heightCm / 100
  const weight = round(person.bmi * metres * metres, VITAL_SIGN.weight.decimals)
  const { creatinine } = ANALYTE
  const serumCreatinine = round(
    creatinineFromFiltration(person.filtration, person.age, person.sex),
    creatinine.decimals,
  )
  const sampled = (day: Day, code: CodeableConcept, value: number, unit: string): Observation => ({
    ...observed(chart, day, LABORATORY, code),
    valueQuantity: quantity(value, { unit }),
  })
  return {
    given,
    observations: [
      {
        ...observed(chart, since, VITAL_SIGNS, loinc(VITAL_SIGN.weight.code, VITAL_SIGN.weight.display)),
        valueQuantity: quantity(weight, VITAL_SIGN.weight),
      },
      ...troughs.flatMap(({ day, level }) => [
        sampled(day, loinc(creatinine.code, creatinine.display), serumCreatinine, creatinine.unit),
        sampled(day, TROUGH, level, 'mg/L'),
      ]),
    ],
  }
}

/** In the morning, before the first infusion of the day. */
function observed(chart: Chart, day: Day, category: CodeableConcept, code: CodeableConcept): Observation {
  return {
    resourceType: 'Observation',
    id: chart.newId(),
    status: 'final',
    category: [category],
    code,
    subject: chart.subject,
    effectiveDateTime: chart.at(day, SAMPLE),
    issued: chart.at(day, SAMPLE + 120),
    performer: [chart.organization],
  }
}
